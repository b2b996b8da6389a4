package renderer

import (
	"bytes"
	"strings"

	"notebook"
)

// maxMarkdown is the size in bytes up to which output is read as Markdown.
const maxMarkdown = 256 << 10

// asMarkdown writes stdout as Markdown of the note, under the same rules as
// the note's own text. What would run there is only shown, and its headings
// are no targets of links.
func (v cellView) asMarkdown(r *notebook.CellRun) {
	source := []byte("\n") // no front matter
	for _, w := range r.Outputs {
		if w.Stream == notebook.Stdout {
			source = append(source, w.Data...)
		}
	}
	if len(bytes.TrimSpace(source)) == 0 {
		return
	}
	v.open("div", "class", "asis", "data-stream", string(notebook.Stdout))
	if len(source) > maxMarkdown || r.LeftOut.Bytes > 0 {
		v.element("p", "This cell wrote too much to be shown as Markdown.")
	} else if written, _ := notebook.Parse("", source); written.Broken {
		v.element("p", "What this cell wrote is nested too deeply to be shown as Markdown.")
	} else {
		v.markdown(written)
	}
	v.end("div")
}

func (v cellView) markdown(written *notebook.Note) {
	r := v.page.prose
	v.page.outline.addLevels(written.Tree, max(r.level, 1))
	r.cellLabel = v.cell.Label
	defer func() { r.cellLabel = "" }()
	var b strings.Builder
	if err := r.render(&b, written.Source, written.Tree); err != nil {
		v.text(string(written.Source))
		return
	}
	v.raw(b.String()) // escaped by goldmark's renderer and by markup
}
