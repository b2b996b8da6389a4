package main

import (
	"io"
	"path"
	"strings"

	"notebook"
	"notebook/cmd/notebook/internal/output"
)

// keepTraces returns what writes the raw traces of a note's cells into a
// folder, each whole or not at all, as NOTE.LABEL.trace. The caller calls done.
// A folder that cannot be written to is an error before any cell runs.
func keepTraces(j *job, folder string) (keep func(cell string, trace []byte) error, done func() error, err error) {
	page := func(cell string) output.Page {
		name := strings.TrimSuffix(j.file.Rel, path.Ext(j.file.Rel))
		return output.Page{Folder: folder, Rel: name + "." + cell + ".trace"}
	}
	var pages []output.Page
	for _, c := range j.note.Cells {
		if c.Mode == notebook.Run {
			pages = append(pages, page(c.Label))
		}
	}
	w, err := output.Open(pages)
	if err != nil {
		return nil, nil, err
	}
	return func(cell string, trace []byte) error {
		return w.Write(page(cell), func(to io.Writer) error {
			_, err := to.Write(trace)
			return err
		})
	}, w.Close, nil
}
