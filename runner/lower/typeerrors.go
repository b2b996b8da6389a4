package lower

import (
	"cmp"
	"errors"
	"fmt"
	"go/token"
	"go/types"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// typeErrors returns the errors that a type check reports, in the order of the
// cell's code; offset gives the place of each there. A panic of the checker
// becomes a problem of the cell.
func (c *Cell) typeErrors(offset func(token.Pos) int, check func(report func(error))) (errs []types.Error) {
	defer func() {
		if r := recover(); r != nil {
			c.problem(0, fmt.Sprint("Go's type checker breaks down over this cell: ", r), "")
		}
		slices.SortStableFunc(errs, func(a, b types.Error) int { return cmp.Compare(offset(a.Pos), offset(b.Pos)) })
	}()
	check(func(err error) {
		var e types.Error
		if !errors.As(err, &e) {
			return
		}
		if n := len(errs); n > 0 && strings.HasPrefix(e.Msg, "\t") {
			errs[n-1].Msg += c.continuation(e, offset)
			return
		}
		e.Msg = jumpsOver.ReplaceAllStringFunc(e.Msg, c.noteLine)
		e.Msg = declaredAt.ReplaceAllStringFunc(e.Msg, c.notePlace)
		errs = append(errs, e)
	})
	return errs
}

// continuation returns the text of an error that continues another, with its
// place. Another declaration that is not in the cell is left out: the position
// of what is imported means nothing here.
func (c *Cell) continuation(e types.Error, offset func(token.Pos) int) string {
	off := offset(e.Pos)
	if name, ok := strings.CutPrefix(e.Msg, "\tother declaration of "); ok {
		if text := c.Code[off:]; !strings.HasPrefix(text, name) && !strings.HasPrefix(text, `"`) {
			return ""
		}
	}
	line, col := place(c.Code, off)
	return fmt.Sprintf("\n%s at line %d", e.Msg, c.NotePosition(line, col).Line)
}

// jumpsOver matches the line of the code that the checker puts in a message.
var jumpsOver = regexp.MustCompile(`^goto \S+ jumps over variable declaration at line \d+$`)

// declaredAt matches the place in the code that the checker puts in a message.
var declaredAt = regexp.MustCompile(`\(declared at \d+:\d+\)`)

// notePlace turns the place in the code in a message into one of the note.
func (c *Cell) notePlace(text string) string {
	var line, col int
	if _, err := fmt.Sscanf(text, "(declared at %d:%d)", &line, &col); err != nil {
		return text
	}
	return fmt.Sprintf("(declared at %s:%s)", c.file, c.NotePosition(line, col))
}

// noteLine turns the line of the code that a message ends in into one of the note.
func (c *Cell) noteLine(msg string) string {
	i := strings.LastIndexByte(msg, ' ') + 1
	line, err := strconv.Atoi(msg[i:])
	if err != nil {
		return msg
	}
	return msg[:i] + strconv.Itoa(c.NotePosition(line, 1).Line)
}
