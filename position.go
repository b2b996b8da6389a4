package notebook

import "fmt"

// A Position is a place in a note. Lines and columns count from 1; a column
// counts bytes, as the Go tools do. The zero value is no position.
type Position struct {
	Line, Col int
}

// IsValid reports whether p is a place at all.
func (p Position) IsValid() bool { return p.Line > 0 }

// String returns "line:col", "line" where the column is unknown, and "" for no position.
func (p Position) String() string {
	switch {
	case p.Line <= 0:
		return ""
	case p.Col <= 0:
		return fmt.Sprint(p.Line)
	}
	return fmt.Sprintf("%d:%d", p.Line, p.Col)
}
