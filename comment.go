package notebook

import "bytes"

var commentSign = []byte("%%")

// maxSpan is how far the end of a code span is looked for. What lies between
// the backticks of a longer one is taken for prose.
const maxSpan = 4 << 10

// removeComments takes what stands between two %% out of the prose of the
// note, before anything else reads it. The line ends inside stay, so that
// line numbers stay right; the cuts keep the columns right.
func (p *noteParser) removeComments() {
	if !bytes.Contains(p.note.Source[p.body:], commentSign) {
		return
	}
	r := commentRemover{
		src:     p.note.Source,
		next:    p.body,
		lineEnd: -1,
		out:     append(make([]byte, 0, len(p.note.Source)), p.note.Source[:p.body]...),
		tracker: newCodeTracker(),
	}
	unclosed := r.run()
	p.setSource(r.out)
	p.note.cuts = r.cuts
	if unclosed >= 0 {
		p.warn(p.note.Position(unclosed), "write %% at its end, or `%%` where the signs are meant", "the comment is not closed: it is shown")
	}
}

// A commentRemover copies the text without its comments, from left to right.
type commentRemover struct {
	src     []byte
	next    int // offset in src of what was not looked at
	lineEnd int // offset in src of the line end after next, once it was sought
	out     []byte
	cuts    []cut
	tracker *codeTracker
}

// run returns the offset in out of a comment without an end, or -1.
func (r *commentRemover) run() (unclosed int) {
	for r.next < len(r.src) {
		if r.tracker.isCode(r.line()) {
			r.copyLine()
			continue
		}
		if at := r.prose(); at >= 0 {
			r.copy(len(r.src) - r.next)
			return at
		}
	}
	return -1
}

// line returns what is left of the current line, without its line end.
func (r *commentRemover) line() []byte {
	if r.lineEnd < r.next { // a long line with many comments is searched once
		r.lineEnd = r.next + distance(r.src[r.next:], '\n')
	}
	return r.src[r.next:r.lineEnd]
}

func (r *commentRemover) copy(n int) {
	r.out = append(r.out, r.src[r.next:r.next+n]...)
	r.next += n
}

func (r *commentRemover) copyLine() { r.copy(min(len(r.line())+1, len(r.src)-r.next)) }

// prose copies the rest of a line of prose; a code span or a comment in it
// may take more lines. It returns the place of a comment without an end.
func (r *commentRemover) prose() (unclosed int) {
	for r.next < len(r.src) {
		rest := r.src[r.next:]
		switch c := rest[0]; {
		case c == '\n':
			r.tracker.blank = r.tracker.blank || r.atLineStart()
			r.copy(1)
			return -1
		case c == '\\' && len(rest) > 1 && rest[1] != '\n':
			r.copy(2)
		case c == '`':
			r.copy(codeSpan(rest))
		case bytes.HasPrefix(rest, commentSign):
			length := bytes.Index(rest[2:], commentSign)
			if length < 0 {
				return len(r.out)
			}
			r.remove(2 + length + 2)
		default:
			r.copy(1)
		}
	}
	return -1
}

// remove takes n bytes out and keeps the line ends among them. Space around
// the comment goes too where it would get a meaning: an indentation at the
// start of a line, a line break at its end.
func (r *commentRemover) remove(n int) {
	comment := r.src[r.next : r.next+n]
	r.next += n
	after := r.line()
	space := len(after) - len(bytes.TrimLeft(after, " \t"))
	ends := space == len(after)
	if ends || bytes.IndexByte(comment, '\n') >= 0 {
		r.trimLine()
	}
	for i, text := range bytes.Split(comment, []byte("\n")) {
		if i > 0 {
			r.out = append(r.out, '\n')
		}
		r.cut(len(text))
	}
	if ends || r.atLineStart() {
		r.cut(space)
		r.next += space
	}
}

func (r *commentRemover) atLineStart() bool {
	return len(r.out) == 0 || r.out[len(r.out)-1] == '\n'
}

// trimLine takes the space off the end of what was copied of the line.
func (r *commentRemover) trimLine() {
	r.out = bytes.TrimRight(r.out, " \t")
	for i := len(r.cuts) - 1; i >= 0 && r.cuts[i].at > len(r.out); i-- {
		r.cuts[i].at = len(r.out)
	}
}

func (r *commentRemover) cut(n int) {
	if n == 0 {
		return
	}
	total := n
	if len(r.cuts) > 0 {
		total += r.cuts[len(r.cuts)-1].total
	}
	r.cuts = append(r.cuts, cut{at: len(r.out), total: total})
}

// codeSpan returns the length of the code span at the start of text, or of
// the backticks alone where no span begins.
func codeSpan(text []byte) int {
	ticks := backticks(text)
	end := text[:min(len(text), maxSpan)]
	for i := ticks; i < len(end); {
		switch {
		case end[i] == '`':
			n := backticks(end[i:])
			i += n
			if n == ticks {
				return i
			}
		case end[i] == '\n' && endsParagraph(end[i+1:]):
			return ticks
		default:
			i++
		}
	}
	return ticks
}

func backticks(text []byte) int {
	n := 0
	for n < len(text) && text[n] == '`' {
		n++
	}
	return n
}

// endsParagraph reports whether the line at the start of text cannot go on
// with the paragraph before it.
func endsParagraph(text []byte) bool {
	line, _, _ := bytes.Cut(text, []byte("\n"))
	line = bytes.TrimLeft(line, " \t>")
	return len(line) == 0 || fenceSign(line) != nil
}
