package renderer

import (
	"slices"

	"notebook"
	"notebook/renderer/internal/format"
)

// withRemark returns the output of a run. An entry without a stream says where
// something is left out.
func withRemark(r *notebook.CellRun) []notebook.Written {
	if r.LeftOut.Bytes == 0 {
		return r.Outputs
	}
	return slices.Insert(slices.Clone(r.Outputs), r.LeftOut.Index, notebook.Written{Data: []byte("… not shown …")})
}

// omitted says in one sentence how much of an output a page does not show;
// "" where it shows all. The run keeps the start of an output.
func omitted(cut, dropped int64) string {
	switch {
	case cut == 0 && dropped == 0:
		return ""
	case dropped == 0:
		return exactly(cut) + " of output are not shown: the page leaves out the middle of long output."
	case cut == 0:
		return exactly(dropped) + " of output are not shown: after these lines the limit of the run was reached."
	}
	return exactly(cut+dropped) + " of output are not shown: " + exactly(cut) +
		" in the middle, too much for a page, and " + exactly(dropped) + " after these lines, above the limit of the run."
}

// exactly returns a number of bytes that a reader may want to check.
func exactly(n int64) string { return format.Count(int(n), "byte") }

func without(outputs []notebook.Written, stream notebook.Stream) []notebook.Written {
	return slices.DeleteFunc(slices.Clone(outputs), func(w notebook.Written) bool { return w.Stream == stream })
}
