package record

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
)

// Bundle puts a record into a ZIP: as JSON for programs, as Markdown for people, and a
// manifest before them. All three have neutral names.
func Bundle(m Manifest, data any, d Document) ([]byte, error) {
	w := pages(m.Language)
	asJSON, err := json.MarshalIndent(data, "", "  ")
	if err != nil {
		return nil, err
	}
	files := []struct {
		name, what string
		content    []byte
	}{
		{"record.json", w.fileJSON, append(asJSON, '\n')},
		{"record.md", w.fileMarkdown, []byte(Markdown(d))},
	}
	for _, f := range files {
		sum := sha256.Sum256(f.content)
		m.Files = append(m.Files, ManifestFile{Name: f.name, What: f.what, Hash: hex.EncodeToString(sum[:])})
	}
	manifest, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	archive := zip.NewWriter(&out)
	put := func(name string, content []byte) error {
		file, err := archive.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: m.MadeAt})
		if err == nil {
			_, err = file.Write(content)
		}
		return err
	}
	if err := put("manifest.json", append(manifest, '\n')); err != nil {
		return nil, err
	}
	for _, f := range files {
		if err := put(f.name, f.content); err != nil {
			return nil, err
		}
	}
	if err := archive.Close(); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}
