package notebook

import (
	"regexp"
	"strings"
)

// checkSlips warns of code that most likely says something else than its author
// means.
func (c *cellBuilder) checkSlips(comments []commentGroup) {
	c.checkFences()
	if n := len(comments); n > 0 && c.Check == nil && !c.misplaced && comments[n-1].follow == followNothing {
		c.checkSpelling(comments[n-1])
	}
}

// innerFence is the first line of a fenced block. No line of Go begins with
// backquotes and a name.
var innerFence = regexp.MustCompile("^[ \t]*(?:```+|~~~+)[ \t]*[{a-zA-Z]")

// checkFences warns of a block that begins inside of the cell, as it does where
// the line that should end the cell is missing.
func (c *cellBuilder) checkFences() {
	for i, line := range strings.Split(c.Code, "\n") {
		if innerFence.MatchString(line) {
			c.report(Warning, c.Fence, "end the cell with backquotes on a line of their own",
				"this cell goes on beyond line %d, where another block begins", c.NotePosition(i+1, 1).Line)
			return
		}
	}
}

// aloneWord is a comment that could be the head of an output comment.
var aloneWord = regexp.MustCompile(`(?i)^(unordered[ \t]+)?([a-z]+)[ \t]*(:|$)`)

// checkSpelling warns of a last comment that looks like one that states the
// output.
func (c *cellBuilder) checkSpelling(last commentGroup) {
	head, _, _ := strings.Cut(last.Text(), "\n")
	m := aloneWord.FindStringSubmatch(head)
	if m == nil || editDistance(strings.ToLower(m[2]), "output", 3) > 2 {
		return
	}
	hint := "write // Output:"
	if m[1] != "" {
		hint = "write // Unordered output:"
	}
	c.report(Warning, c.NotePosition(last.line, last.col), hint, "this is no output comment: nothing is compared with it")
}
