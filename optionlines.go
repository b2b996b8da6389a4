package notebook

import (
	"regexp"
	"strings"
)

// A codeLine is one line of a cell's block.
type codeLine struct {
	text   string // dedented, without line end
	line   int    // in the note
	indent int    // bytes of the note's line before text
}

// optionKey is how what follows //| begins on a line that sets an option.
var optionKey = regexp.MustCompile(`^ *[a-z][a-z-]*:(?: |$)`)

// splitOptionLines divides the lines of a block into its option lines, as
// YAML, and the code below them. Empty lines and comments may stand before and
// between option lines. Comments are code; below the first one, option lines
// leave empty lines behind, so that the code stays in one piece.
func splitOptionLines(block []codeLine) (options yamlText, code []codeLine) {
	inOptions := true // the line before is an option line, or there is none
	for i, line := range block {
		text, skipped, ok := optionLine(line.text)
		ok = ok && (inOptions || optionKey.MatchString(text))
		switch {
		case ok:
			options.lines = append(options.lines, text)
			options.places = append(options.places, Position{line.line, line.indent + skipped + 1})
			line.text = ""
		case strings.TrimSpace(line.text) != "" && !isLineComment(line.text):
			return options, codeBelow(options, append(code, block[i:]...))
		}
		inOptions = ok
		code = append(code, line)
	}
	return options, codeBelow(options, code)
}

// codeBelow takes the empty lines off the top of the code of a cell with options.
func codeBelow(options yamlText, code []codeLine) []codeLine {
	for len(options.lines) > 0 && len(code) > 0 && strings.TrimSpace(code[0].text) == "" {
		code = code[1:]
	}
	return code
}

func isLineComment(line string) bool { return strings.HasPrefix(strings.TrimLeft(line, " \t"), "//") }

// optionLine returns what follows //| on an option line and how many bytes
// stand before that. gofmt writes the sign as // | after it has seen it once.
func optionLine(line string) (text string, skipped int, ok bool) {
	rest, ok := strings.CutPrefix(strings.TrimLeft(line, " \t"), "//")
	if !ok {
		return "", 0, false
	}
	rest, ok = strings.CutPrefix(strings.TrimPrefix(rest, " "), "|")
	if !ok {
		return "", 0, false
	}
	rest = strings.TrimPrefix(rest, " ")
	return rest, len(line) - len(rest), true
}

// lateOptions warns of comments that look like option lines and are none: code
// stands above them.
func (c *cellBuilder) lateOptions(groups []commentGroup) {
	if c.Mode == Show {
		return
	}
	for _, g := range groups {
		offset := g.start
		for _, comment := range g.List {
			offset += strings.Index(c.Code[offset:], comment.Text)
			text, _, ok := optionLine(comment.Text)
			if !ok || !optionKey.MatchString(text) {
				continue
			}
			before := c.Code[:offset]
			line, col := 1+strings.Count(before, "\n"), offset-strings.LastIndex(before, "\n")
			c.report(Warning, c.NotePosition(line, col), "move it to the top of the cell", "this option has no effect below code")
		}
	}
}
