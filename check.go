package notebook

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// outputComment is how go test recognizes the comment that holds the wanted
// output of an example.
var outputComment = regexp.MustCompile(`(?i)^[[:space:]]*(unordered )?output:`)

// findCheck returns the check that the comments of a cell hold, or nil. The
// body of a program may end with braces below its check.
func findCheck(c *Cell, comments []commentGroup) *Check {
	if len(comments) == 0 {
		return nil
	}
	g := comments[len(comments)-1]
	if g.follow == followCode || g.follow == followBraces && !c.Program {
		return nil
	}
	text := g.Text()
	loc := outputComment.FindStringSubmatchIndex(text)
	if loc == nil {
		return nil
	}
	return &Check{
		Want:      strings.TrimSpace(text[loc[1]:]),
		Unordered: loc[2] >= 0,
		Position:  c.NotePosition(g.line, g.col),
		start:     g.start,
		end:       g.end,
	}
}

// Compare reports whether stdout is what the check wants, with the space
// around both trimmed as go test does. If not, diff shows why: lines that
// begin with "-" were wanted, lines that begin with "+" were written. Of
// an output much longer than what is wanted the diff shows the start. With
// MatchRegexp the wanted text is a regular expression for the whole output; a
// bad expression matches nothing, and Parse reports it.
func (c *Check) Compare(stdout string, m Match) (ok bool, diff string) {
	got, want := strings.TrimSpace(stdout), c.Want
	if c.Unordered || m == MatchUnordered {
		got, want = sortLines(got), sortLines(want)
	}
	if m == MatchRegexp {
		re, err := compileCheck(want)
		ok = err == nil && re.MatchString(got)
	} else {
		ok = got == want
	}
	if ok {
		return true, ""
	}
	return false, Diff(want, firstOf(got, len(want)+maxSurplus))
}

// maxSurplus is by how many bytes a difference shows more than was wanted.
const maxSurplus = 64 << 10

// firstOf cuts text after n bytes and says so.
func firstOf(text string, n int) string {
	if len(text) <= n {
		return text
	}
	return fmt.Sprintf("%s\n… and %d more bytes", text[:n], len(text)-n)
}

func compileCheck(want string) (*regexp.Regexp, error) {
	return regexp.Compile(`\A(?:` + want + `)\z`)
}

func sortLines(text string) string {
	lines := strings.Split(text, "\n")
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}
