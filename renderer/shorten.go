package renderer

import "notebook"

const (
	maxHead   = 1 << 20  // bytes of output shown from its start
	maxTail   = 64 << 10 // and from its end
	maxBlocks = 2000     // changes between streams that are followed
)

// shorten keeps the head and the tail of very long output, and says how much
// lies between them in an entry without a stream.
func shorten(outputs []notebook.Written) []notebook.Written {
	if len(outputs) > maxBlocks {
		var rest int64
		for _, w := range outputs[maxBlocks:] {
			rest += int64(len(w.Data))
		}
		outputs = append(outputs[:maxBlocks:maxBlocks], remark(rest))
	}
	total := 0
	for _, w := range outputs {
		total += len(w.Data)
	}
	if total <= maxHead+maxTail {
		return outputs
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
		if tail > head && !said {
			kept = append(kept, remark(int64(total-maxHead-maxTail)))
			said = true
		}
		if tail < len(w.Data) {
			kept = append(kept, withData(w, w.Data[tail:]))
		}
	}
	return kept
}

func withData(w notebook.Written, data []byte) notebook.Written {
	w.Data = data
	return w
}

func remark(n int64) notebook.Written {
	return notebook.Written{Data: []byte("… " + size(n) + " not shown …")}
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
