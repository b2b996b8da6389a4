package harness

import "bytes"

// maxHeld bounds the text that may be a crash report.
const maxHeld = 8 << 20

// headers begin a crash report of the Go runtime, or what it writes before.
var headers = [][]byte{
	[]byte("panic: "), []byte("fatal error: "), []byte("runtime: "), []byte("runtime/cgo: "), []byte("unexpected fault address "),
	[]byte("SIGQUIT: "), []byte("SIGSEGV: "), []byte("SIGABRT: "), []byte("SIGBUS: "),
	[]byte("SIGFPE: "), []byte("SIGILL: "), []byte("SIGTRAP: "), []byte("SIGSYS: "),
}

// held keeps back the end of standard error from where it may be a crash report
// until it is known whether it is one.
type held struct {
	text    []byte
	dropped int64 // bytes above the bound, while text looks like a report
}

// add takes bytes and returns those that are no report.
func (h *held) add(data []byte) []byte {
	if len(h.text) == 0 {
		n := reportStart(data)
		h.text = append(h.text, data[n:]...)
		return data[:n]
	}
	if h.suspicious() && len(h.text)+len(data) > maxHeld {
		if !bytes.Contains(h.text[:min(len(h.text), maxChunk)], []byte("\ngoroutine ")) {
			return append(h.release(), data...)
		}
		n := maxHeld - len(h.text)
		h.dropped += int64(len(data) - n)
		data = data[:n]
	}
	h.text = append(h.text, data...)
	if h.suspicious() {
		return nil
	}
	text := h.release()
	n := reportStart(text)
	h.text = append(h.text, text[n:]...)
	return text[:n]
}

// suspicious reports whether the text begins with a whole header, not just with
// the beginning of one.
func (h *held) suspicious() bool {
	for _, header := range headers {
		if bytes.HasPrefix(h.text, header) {
			return true
		}
	}
	return false
}

// release returns everything: it is no report.
func (h *held) release() []byte {
	text := h.text
	h.text = nil
	return text
}

// reportStart returns where the first header begins in data, or a header that
// the end of data cuts; else the length of data.
func reportStart(data []byte) int {
	start := len(data)
	for _, header := range headers {
		if i := bytes.Index(data[:start], header); i >= 0 {
			start = i
		} else if start == len(data) {
			start = len(data) - partial(data, header)
		}
	}
	return start
}
