package yaegi

import (
	"reflect"
	"strings"
	"unicode"
	"unicode/utf8"

	"notebook/runner/harness/inside"
)

// show displays values as inside.Show does. The interpreter gives a field that
// is not exported a name that is: an X stands before it.
func show(values ...any) {
	for i, v := range values {
		if hasRenamed(reflect.TypeOf(v), map[reflect.Type]bool{}) {
			values[i] = shown{v}
		}
	}
	inside.Show(values...)
}

// shown is a value that the interpreter renamed fields of.
type shown struct{ value any }

// String returns the text of the value with the author's names.
func (s shown) String() string { return restoreFields(inside.Text(s.value)) }

// hasRenamed reports whether a type has a renamed field.
func hasRenamed(t reflect.Type, seen map[reflect.Type]bool) bool {
	if t == nil || seen[t] {
		return false
	}
	seen[t] = true
	switch t.Kind() {
	case reflect.Map:
		return hasRenamed(t.Key(), seen) || hasRenamed(t.Elem(), seen)
	case reflect.Array, reflect.Chan, reflect.Pointer, reflect.Slice:
		return hasRenamed(t.Elem(), seen)
	case reflect.Struct:
		for i := range t.NumField() {
			f := t.Field(i)
			if (t.Name() == "" && originalField(f.Name) != f.Name) || hasRenamed(f.Type, seen) {
				return true
			}
		}
	}
	return false
}

// originalField returns the name of a field as the author wrote it.
func originalField(name string) string {
	rest, ok := strings.CutPrefix(name, "X")
	if first, _ := utf8.DecodeRuneInString(rest); ok && (first == '_' || unicode.IsLower(first)) {
		return rest
	}
	return name
}

// restoreFields gives fields their names back in the text of a value: there a
// name stands before a colon, and after the beginning, a brace or a blank.
func restoreFields(text string) string {
	var out strings.Builder
	for text != "" {
		n := tokenLength(text)
		token := text[:n]
		text = text[n:]
		if strings.HasPrefix(text, ":") {
			token = originalField(token)
		}
		out.WriteString(token)
	}
	return out.String()
}

// tokenLength returns the length of the string literal, of the identifier or of
// the character that a text begins with.
func tokenLength(text string) int {
	if text[0] == '"' {
		for i := 1; i < len(text); i++ {
			switch text[i] {
			case '\\':
				i++
			case '"':
				return i + 1
			}
		}
		return len(text)
	}
	n := 0
	for n < len(text) {
		r, size := utf8.DecodeRuneInString(text[n:])
		if r != '_' && !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			return max(n, size)
		}
		n += size
	}
	return n
}
