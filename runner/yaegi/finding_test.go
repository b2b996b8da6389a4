package yaegi

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/google/go-cmp/cmp"
)

func TestReadFindings(t *testing.T) {
	const a, b = `{"Label":"a"}`, `{"Label":"b"}`
	wrong := `{"Label":"a","Line":3,"Col":1,"Message":"bad"}`
	for name, test := range map[string]struct {
		text string
		err  error
		want string
	}{
		"nothing wrong": {a + b + `{}`, nil, ""},
		"one wrong":     {a + wrong + b + `{}`, nil, "a:3 bad"},
		"never began":   {"", nil, "broken off"},
		"a crash":       {a + wrong + b, nil, "a:3 bad; b:0 it ends with a crash; broken off"},
		"other text":    {a + "panic: x", nil, "a:0 it ends with a crash; broken off"},
		"too long":      {a, os.ErrDeadlineExceeded, "a:0 it takes longer than 30s; broken off"},
	} {
		t.Run(name, func(t *testing.T) {
			r := io.Reader(strings.NewReader(test.text))
			if test.err != nil {
				r = io.MultiReader(r, iotest.ErrReader(test.err))
			}
			findings, err := readFindings(r)
			var got []string
			for _, f := range findings {
				got = append(got, fmt.Sprintf("%s:%d %s", f.Label, f.Line, f.Message))
			}
			if errors.Is(err, errBrokenOff) {
				got = append(got, "broken off")
			}
			if diff := cmp.Diff(test.want, strings.Join(got, "; ")); diff != "" {
				t.Error(diff)
			}
		})
	}
}
