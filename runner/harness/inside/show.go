package inside

import (
	"reflect"
	"strings"
)

// Show displays the values of a cell's last expression, each on lines of its
// own. Outside of a session it does nothing.
func Show(values ...any) {
	display(func() string {
		texts := make([]string, len(values))
		for i, v := range values {
			texts[i] = Text(v)
		}
		return strings.Join(texts, "\n")
	})
}

// ShowError displays the value of a last expression of type error; nothing for
// nil.
func ShowError(err error) {
	if err != nil {
		Show(err)
	}
}

// display sends a text. Making it is not part of the cell's time.
func display(text func() string) {
	s := current
	if s == nil {
		return
	}
	s.meter.stop()
	defer s.meter.start()
	s.frames.send(KindDisplay, appendString(appendString(nil, "text/plain"), text()))
}

// Text returns the text that Show displays for a value: on one line where it is
// short, else one field or element a line. Long values are cut, with a count of
// what is missing.
func Text(value any) string {
	p := printer{budget: maxNodes}
	text := p.node(reflect.ValueOf(value)).layout(0)
	head := cutText(text, maxText)
	return head + more(len(text)-len(head))
}

// flat returns the text of a value on one line.
func flat(v reflect.Value) string {
	p := printer{budget: maxNodes}
	return p.node(v).flat()
}
