// Package catalog reads exercises. It turns files into definitions, tells every
// problem of every file at once with its line, and keeps what is good in a Catalog.
// It also renders an author's Markdown, since that is content too.
//
// What an exercise may say is decided elsewhere: by the schema in content and by
// exercise.Lint. Nothing here knows a couple, a session or a database.
//
// Start with Load, then ParseOne; ReadDraft is for what somebody is still writing.
package catalog
