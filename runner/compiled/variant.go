package compiled

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"notebook"
	"notebook/runner"
)

// A variant is a way to build programs so that their runs find verdicts. The
// zero value builds them as they are.
type variant notebook.VerdictKind

const (
	plainVariant variant = ""
	// raceVariant builds with the race detector, which is written in C.
	raceVariant = variant(notebook.RaceVerdict)
)

// flags returns what the go command, the compiler and the linker are told.
func (v variant) flags() []string {
	if v == raceVariant {
		return []string{"-race"}
	}
	return nil
}

// linkFlags returns what the linker is told besides.
func (v variant) linkFlags(t *toolchain) []string {
	if v == raceVariant {
		return []string{"-installsuffix", "race", "-extld", t.vars["CC"]}
	}
	return nil
}

// packages returns what every program of the variant links.
func (v variant) packages() []string {
	if v == raceVariant {
		return []string{"runtime/race", "runtime/cgo"}
	}
	return nil
}

// in returns the toolchain as the variant uses it. The error says why it cannot
// and wraps runner.ErrNotChecked.
func (v variant) in(t *toolchain) (*toolchain, error) {
	if v == plainVariant {
		return t, nil
	}
	changed := *t
	changed.variant = v
	changed.environ = slices.Clone(t.environ)
	if v == raceVariant {
		compiler, _, _ := strings.Cut(t.vars["CC"], " ")
		if lookPath(t.environ, compiler) == "" {
			return nil, fmt.Errorf("%w: no C compiler", runner.ErrNotChecked)
		}
		changed.environ = setEnv(changed.environ, "CGO_ENABLED", "1")
	}
	return &changed, nil
}

// notChecked tells the errors of a toolchain that cannot build a variant from
// those of the note: the plain programs of the note were built before.
func notChecked(err error) error {
	var failed *toolError
	var refused *compileError
	switch {
	case errors.As(err, &failed):
		return fmt.Errorf("%w: %s", runner.ErrNotChecked, oneLine(failed.said()))
	case errors.As(err, &refused):
		return fmt.Errorf("%w: %s", runner.ErrNotChecked, oneLine(refused.Output))
	}
	return err
}
