package yaegi

import (
	"reflect"
	"testing"
)

func TestRestoreFields(t *testing.T) {
	for text, want := range map[string]string{
		`{Xid:1 Name:"x"}`:                `{id:1 Name:"x"}`,
		`{Name:"Xid:1 \"Xa:" Xnext:&{…}}`: `{Name:"Xid:1 \"Xa:" next:&{…}}`,
		`{XML:1 X:2 Xä:3 X_:4}`:           `{XML:1 X:2 ä:3 _:4}`,
		`map["Xa":{Xb:1}]`:                `map["Xa":{b:1}]`,
		"{\n  Xlong: 1\n  Xq: \"open":     "{\n  long: 1\n  q: \"open",
		"":                                "",
	} {
		if got := restoreFields(text); got != want {
			t.Errorf("restoreFields(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestHasRenamed(t *testing.T) {
	type named struct{ Xid int }
	for _, test := range []struct {
		value any
		want  bool
	}{
		{nil, false},
		{1, false},
		{named{}, false},
		{struct{ Xid int }{}, true},
		{struct{ ID int }{}, false},
		{[]*struct{ Xid int }{}, true},
		{map[string]struct{ Xid int }{}, true},
		{struct{ A struct{ Xb int } }{}, true},
	} {
		if got := hasRenamed(reflect.TypeOf(test.value), map[reflect.Type]bool{}); got != test.want {
			t.Errorf("hasRenamed(%T) = %v", test.value, got)
		}
	}
}
