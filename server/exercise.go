package main

// exerciseCmd is what authors do with the exercises they write.
type exerciseCmd struct {
	Preview exercisePreviewCmd `cmd:"" help:"Play an exercise on this machine, with both partners pretended, before anybody sees it."`
}
