package renderer

import (
	"io"

	"notebook"
)

// A Renderer makes pages. It may be used by several goroutines at once.
type Renderer struct{}

// New returns a renderer.
func New() *Renderer { return &Renderer{} }

// Page writes the page of a note. A result that is nil, or whose Ran is not
// set, gives a page that shows the code of the cells and says that it was not
// run. Errors are those of w.
func (r *Renderer) Page(w io.Writer, n *notebook.Note, res *notebook.Result, assets Assets) error {
	if res == nil {
		res = &notebook.Result{}
	}
	return newPage(n, res, assets).write(w)
}
