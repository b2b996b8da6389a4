package yaegi

import (
	"encoding/json"
	"errors"
	"io"
	"os"

	"notebook/runner/yaegi/internal/interpreter"
)

// A finding is a line that a worker writes while it compiles: that it begins
// with a cell, what is wrong with that, or, without a label, that it is done.
// So its parent also knows over which cell it broke down.
type finding struct {
	Label     string
	Line, Col int    // 0: not known
	Message   string // "": the worker begins with the cell
}

// A progress writes findings. What cannot be written is told by the end of the
// worker.
type progress struct{ out *json.Encoder }

func newProgress(w io.Writer) progress { return progress{json.NewEncoder(w)} }

func (p progress) begin(c jobCell) { _ = p.out.Encode(finding{Label: c.Label}) }
func (p progress) done()           { _ = p.out.Encode(finding{}) }

func (p progress) fail(c jobCell, err error) {
	f := finding{Label: c.Label, Message: err.Error()}
	if e := (*interpreter.Error)(nil); errors.As(err, &e) && e.File == c.Label {
		f.Line, f.Col, f.Message = e.Line, e.Col, e.Message
	}
	_ = p.out.Encode(f)
}

// errBrokenOff means that a worker did not come to the end of its cells.
var errBrokenOff = errors.New("the worker ended before it was ready")

// readFindings reads what a worker found wrong. Where it broke down over a cell,
// that is the last finding, and the error is errBrokenOff.
func readFindings(r io.Reader) (wrong []finding, err error) {
	in := json.NewDecoder(r)
	at := ""
	for {
		var f finding
		switch err := in.Decode(&f); {
		case err != nil && at == "":
			return nil, errBrokenOff
		case err != nil:
			return append(wrong, finding{Label: at, Message: breakdown(err)}), errBrokenOff
		case f.Label == "":
			return wrong, nil
		case f.Message != "":
			wrong = append(wrong, f)
		default:
			at = f.Label
		}
	}
}

// breakdown says why a worker told no more.
func breakdown(err error) string {
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return "it takes longer than " + compileTime.String()
	}
	return "it ends with a crash"
}
