package inside

import (
	"cmp"
	"reflect"
	"slices"
	"strconv"
	"strings"
)

// Bounds of what is shown of a value.
const (
	maxItems  = 100    // of a slice, an array, a map
	maxString = 1000   // bytes of a string
	maxBytes  = 200    // of a slice or an array of bytes
	maxDepth  = 12     // values within values
	maxNodes  = 10_000 // values in all
	maxText   = 64_000 // bytes of the whole text
)

// A printer turns one value into nodes.
type printer struct {
	depth  int
	budget int     // nodes still to be made
	path   []visit // what the value being printed lies in
}

// A visit is a pointer, map or slice on the way to a value.
type visit struct {
	typ     reflect.Type
	address uintptr
	length  int
}

func (p *printer) node(v reflect.Value) node {
	p.budget--
	if p.budget < 0 || p.depth > maxDepth {
		return leaf("…")
	}
	if !v.IsValid() {
		return leaf("nil")
	}
	if text, ok := byMethod(v); ok {
		return leaf(text)
	}
	if text, ok := known(v); ok {
		return leaf(text)
	}
	switch v.Kind() {
	case reflect.Interface:
		return p.node(v.Elem())
	case reflect.Pointer:
		return p.enter(v, 0, func() node { return p.pointer(v) })
	case reflect.Struct:
		return p.structure(v)
	case reflect.Map:
		return p.enter(v, 0, func() node { return p.mapping(v) })
	case reflect.Slice:
		return p.enter(v, v.Len(), func() node { return p.list(v) })
	case reflect.Array:
		return p.list(v)
	}
	return leaf(simple(v))
}

// enter prints something that can contain itself.
func (p *printer) enter(v reflect.Value, length int, inner func() node) node {
	if v.IsNil() {
		return leaf("nil")
	}
	at := visit{v.Type(), v.Pointer(), length}
	if slices.Contains(p.path, at) {
		return leaf("(cycle)")
	}
	p.path = append(p.path, at)
	defer func() { p.path = p.path[:len(p.path)-1] }()
	return inner()
}

// inside prints a value that lies in another.
func (p *printer) inside(v reflect.Value) node {
	p.depth++
	defer func() { p.depth-- }()
	return p.node(v)
}

func (p *printer) pointer(v reflect.Value) node {
	n := p.inside(v.Elem())
	if n.open == "" {
		n.text = "&" + n.text
	} else {
		n.open = "&" + n.open
	}
	return n
}

func (p *printer) structure(v reflect.Value) node {
	n := node{open: "{", close: "}", keyed: true}
	for i := range v.NumField() {
		name := v.Type().Field(i).Name
		if name == "_" {
			continue
		}
		item := p.inside(v.Field(i))
		item.name = name + ":"
		n.items = append(n.items, item)
	}
	return n
}

func (p *printer) list(v reflect.Value) node {
	if v.Type().Elem().Kind() == reflect.Uint8 {
		return leaf(byteText(v))
	}
	n := node{open: "[", close: "]"}
	for i := range min(v.Len(), maxItems) {
		n.items = append(n.items, p.inside(v.Index(i)))
	}
	return n.cut(v.Len())
}

func (p *printer) mapping(v reflect.Value) node {
	n := node{open: "map[", close: "]", keyed: true}
	keys := v.MapKeys()
	sortKeys(keys)
	for _, key := range keys[:min(len(keys), maxItems)] {
		item := p.inside(v.MapIndex(key))
		item.name = flat(key) + ":"
		n.items = append(n.items, item)
	}
	return n.cut(len(keys))
}

// cut says how many of the items are not shown.
func (n node) cut(total int) node {
	if missing := total - len(n.items); missing > 0 {
		n.items = append(n.items, leaf("… "+grouped(missing)+" more"))
	}
	return n
}

func sortKeys(keys []reflect.Value) {
	slices.SortFunc(keys, func(a, b reflect.Value) int {
		switch {
		case a.Kind() == reflect.Interface || a.Kind() != b.Kind():
			return cmp.Compare(flat(a), flat(b))
		case a.CanInt():
			return cmp.Compare(a.Int(), b.Int())
		case a.CanUint():
			return cmp.Compare(a.Uint(), b.Uint())
		case a.CanFloat():
			return cmp.Compare(a.Float(), b.Float())
		case a.Kind() == reflect.String:
			return cmp.Compare(a.String(), b.String())
		}
		return cmp.Compare(flat(a), flat(b))
	})
}

// grouped writes a number with commas between thousands.
func grouped(n int) string {
	s := strconv.Itoa(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

// typeName returns the name of a type as the reader of a note knows it: without
// the package of the cells and without generated numbers.
func typeName(t reflect.Type) string { return withoutMain(withoutNumbers(t.String())) }

// withoutNumbers removes the marks and numbers that tell apart the definitions
// of a name.
func withoutNumbers(name string) string {
	var b strings.Builder
	for name != "" {
		before, after, found := strings.Cut(name, "ǃ")
		b.WriteString(before)
		if name = after; found {
			name = strings.TrimLeft(after, "0123456789")
		}
	}
	return b.String()
}

// withoutMain removes "main." wherever it begins a qualified name.
func withoutMain(name string) string {
	var b strings.Builder
	for {
		i := strings.Index(name, "main.")
		if i < 0 {
			return b.String() + name
		}
		b.WriteString(name[:i])
		if i > 0 && isNamePart(name[i-1]) {
			b.WriteString("main.")
		}
		name = name[i+len("main."):]
	}
}

func isNamePart(c byte) bool {
	return c == '_' || c == '/' || c == '.' || c >= 0x80 ||
		'0' <= c && c <= '9' || 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z'
}
