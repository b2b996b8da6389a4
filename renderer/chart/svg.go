package chart

import (
	"math"
	"strconv"
	"strings"

	"notebook/renderer/internal/format"
)

// MaxSize is the greatest size of a picture in bytes.
const MaxSize = 60_000

// maxTitle is the length of titles and descriptions in characters.
const maxTitle = 300

// stretch is the width of the drawing that stretches with the page, in units.
const stretch = 1000

// A writer writes SVG. Names of elements and attributes are constants of this
// package; everything else is escaped.
type writer struct{ strings.Builder }

var escapes = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", `"`, "&quot;")

// escape returns foreign text for a text or an attribute.
func escape(s string) string { return escapes.Replace(format.Visible(s)) }

// open writes a start tag; attrs are names and values in turn.
func (w *writer) open(tag string, attrs ...string) { w.tag(tag, ">", attrs) }

// single writes an element without content.
func (w *writer) single(tag string, attrs ...string) { w.tag(tag, "/>", attrs) }

func (w *writer) tag(tag, end string, attrs []string) {
	w.WriteString("<" + tag)
	for i := 0; i+1 < len(attrs); i += 2 {
		if attrs[i+1] != "" {
			w.WriteString(" " + attrs[i] + `="` + escape(attrs[i+1]) + `"`)
		}
	}
	w.WriteString(end)
}

func (w *writer) end(tag string) { w.WriteString("</" + tag + ">") }

// element writes an element that holds nothing but text.
func (w *writer) element(tag, text string, attrs ...string) {
	w.open(tag, attrs...)
	w.WriteString(escape(text))
	w.end(tag)
}

// frame opens a picture of a height and names it.
func (w *writer) frame(class, id, title, desc string, height float64) {
	w.open("svg", "class", "chart "+class, "role", "img", "aria-labelledby", id+":title "+id+":desc",
		"width", "100%", "height", num(height))
	w.element("title", format.Shorten(title, maxTitle), "id", id+":title")
	w.element("desc", format.Shorten(desc, maxTitle), "id", id+":desc")
}

// plot opens the part of a picture that stretches with the page.
func (w *writer) plot(height float64) {
	w.open("svg", "class", "plot", "width", "100%", "height", num(height),
		"viewBox", "0 0 "+num(stretch)+" "+num(height), "preserveAspectRatio", "none")
}

// label writes text at a place that moves with the width of the picture.
func (w *writer) label(text, class string, x, y float64) {
	w.element("text", text, "class", class, "x", percent(x), "y", num(y))
}

// num writes a coordinate: one decimal, no more than the picture can show.
func num(f float64) string {
	if math.IsNaN(f) || math.IsInf(f, 0) {
		f = 0
	}
	return strconv.FormatFloat(math.Round(f*10)/10, 'f', -1, 64)
}

// percent writes a place on the way from the left end, 0, to the right, 1.
func percent(x float64) string {
	if math.IsNaN(x) {
		x = 0
	}
	return strconv.FormatFloat(math.Round(min(max(x, 0), 1)*10000)/100, 'f', -1, 64) + "%"
}
