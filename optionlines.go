package notebook

import "strings"

// A codeLine is one line of a cell's block.
type codeLine struct {
	text   string // dedented, without line end
	line   int    // in the note
	indent int    // bytes of the note's line before text
}

// splitOptionLines divides the lines of a block into its option lines, as
// YAML, and the code below them. Empty lines between the two belong to none.
func splitOptionLines(block []codeLine) (options yamlText, code []codeLine) {
	for len(block) > 0 {
		text, skipped, ok := optionLine(block[0].text)
		if !ok {
			break
		}
		options.lines = append(options.lines, text)
		options.places = append(options.places, Position{block[0].line, block[0].indent + skipped + 1})
		block = block[1:]
	}
	for len(options.lines) > 0 && len(block) > 0 && strings.TrimSpace(block[0].text) == "" {
		block = block[1:]
	}
	return options, block
}

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
