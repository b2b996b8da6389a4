package renderer

import (
	"bytes"

	"notebook"
)

const (
	maxHead   = 1 << 20  // bytes of output shown from its start
	maxTail   = 64 << 10 // and from its end
	headPiece = 1500     // changes between streams that are followed from the start
	tailPiece = 500      // and from the end
)

// An omission is what a page leaves out of an output.
type omission struct {
	bytes int64
	lines int
}

func (o *omission) add(data []byte) {
	o.bytes += int64(len(data))
	o.lines += bytes.Count(data, []byte("\n"))
}

// shorten keeps the head and the tail of very long output. An entry without a
// stream says where something is left out.
func shorten(outputs []notebook.Written) ([]notebook.Written, omission) {
	var out omission
	outputs = shortenPieces(outputs, &out)
	total := 0
	for _, w := range outputs {
		total += len(w.Data)
	}
	if total <= maxHead+maxTail {
		return outputs, out
	}
	var kept []notebook.Written
	at, said := 0, false
	for _, w := range outputs {
		head := min(max(maxHead-at, 0), len(w.Data))
		tail := max(min(total-maxTail-at, len(w.Data)), head)
		at += len(w.Data)
		if head > 0 {
			kept = append(kept, withData(w, w.Data[:head]))
		}
		if tail > head {
			out.add(w.Data[head:tail])
			if head > 0 && w.Data[head-1] != '\n' {
				out.lines-- // the rest of a line that is shown
			}
			if !said {
				kept = append(kept, remark())
				said = true
			}
		}
		if tail < len(w.Data) {
			kept = append(kept, withData(w, w.Data[tail:]))
		}
	}
	return kept, out
}

// shortenPieces leaves out the middle of output that changes between streams
// too often.
func shortenPieces(outputs []notebook.Written, out *omission) []notebook.Written {
	if len(outputs) <= headPiece+tailPiece {
		return outputs
	}
	tail := len(outputs) - tailPiece
	for _, w := range outputs[headPiece:tail] {
		out.add(w.Data)
	}
	short := append(outputs[:headPiece:headPiece], remark())
	return append(short, outputs[tail:]...)
}

func withData(w notebook.Written, data []byte) notebook.Written {
	w.Data = data
	return w
}

func remark() notebook.Written {
	return notebook.Written{Data: []byte("… not shown …")}
}

// omitted says in one sentence how much of an output a page does not show;
// "" where it shows all. The run keeps the start of an output.
func omitted(cut, dropped int64) string {
	switch {
	case cut == 0 && dropped == 0:
		return ""
	case dropped == 0:
		return size(cut) + " of output are not shown: the page leaves out the middle of long output."
	case cut == 0:
		return size(dropped) + " of output are not shown: after these lines the limit of the run was reached."
	}
	return size(cut+dropped) + " of output are not shown: " + size(cut) +
		" in the middle, too much for a page, and " + size(dropped) + " after these lines, above the limit of the run."
}

func without(outputs []notebook.Written, stream notebook.Stream) []notebook.Written {
	var rest []notebook.Written
	for _, w := range outputs {
		if w.Stream != stream {
			rest = append(rest, w)
		}
	}
	return rest
}
