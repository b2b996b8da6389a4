package notebook

import (
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

// maxYAML bounds front matter and the option lines of one cell.
const maxYAML = 64 << 10

// A yamlText is YAML that stands somewhere in a note.
type yamlText struct {
	lines []string
	// places holds the place in the note of the first byte of each line.
	places []Position
}

// An entry is a key of a YAML mapping with its value. The Line and Column of
// the nodes are places in the note.
type entry struct{ key, value *yaml.Node }

func (e entry) name() string { return e.key.Value }

// A valueError is something wrong with YAML, at a place in the note.
type valueError struct {
	position Position
	message  string
	hint     string
}

func (e *valueError) Error() string { return e.message }

func errorAt(n *yaml.Node, hint, format string, args ...any) *valueError {
	return &valueError{nodePosition(n), fmt.Sprintf(format, args...), hint}
}

func nodePosition(n *yaml.Node) Position { return Position{Line: n.Line, Col: n.Column} }

// mapping reads the text as one YAML mapping. Text without content gives no
// entries and no error.
func (t yamlText) mapping() ([]entry, *valueError) {
	text := strings.Join(t.lines, "\n")
	if len(text) > maxYAML {
		return nil, &valueError{position: t.places[0], message: "more than 64 KB of YAML"}
	}
	if t.isEmpty() {
		return nil, nil
	}
	var document yaml.Node
	if err := yaml.Load([]byte(text), &document); err != nil {
		return nil, t.syntaxError(err)
	}
	root := document.Content[0]
	t.relocate(root)
	if root.Kind != yaml.MappingNode {
		return nil, errorAt(root, "write key: value", "expected key: value")
	}
	return entries(root)
}

func (t yamlText) isEmpty() bool {
	for _, line := range t.lines {
		if line = strings.TrimSpace(line); line != "" && line[0] != '#' {
			return false
		}
	}
	return true
}

func entries(mapping *yaml.Node) ([]entry, *valueError) {
	var list []entry
	seen := map[string]*yaml.Node{}
	for i := 0; i+1 < len(mapping.Content); i += 2 {
		e := entry{mapping.Content[i], resolve(mapping.Content[i+1])}
		if e.key.Kind != yaml.ScalarNode {
			return nil, errorAt(e.key, "", "a key must be a word")
		}
		if first := seen[e.name()]; first != nil {
			return nil, errorAt(e.key, "", "%s is set twice, first on line %d", e.name(), first.Line)
		}
		seen[e.name()] = e.key
		list = append(list, e)
	}
	return list, nil
}

// resolve returns the node that an alias stands for.
func resolve(n *yaml.Node) *yaml.Node {
	if n.Kind == yaml.AliasNode && n.Alias != nil {
		return n.Alias
	}
	return n
}

// relocate turns the places of n and the nodes below from places in the YAML
// into places in the note.
func (t yamlText) relocate(n *yaml.Node) {
	p := t.place(n.Line, n.Column)
	n.Line, n.Column = p.Line, p.Col
	for _, child := range n.Content {
		t.relocate(child)
	}
}

// place returns the place in the note of a line and column of the YAML, whose
// columns count characters.
func (t yamlText) place(line, col int) Position {
	line = min(max(line, 1), len(t.lines))
	text, p := t.lines[line-1], t.places[line-1]
	for ; col > 1 && text != ""; col-- {
		_, size := utf8.DecodeRuneInString(text)
		text, p.Col = text[size:], p.Col+size
	}
	return p
}

func (t yamlText) syntaxError(err error) *valueError {
	var load *yaml.LoadError
	if !errors.As(err, &load) {
		return &valueError{position: t.places[0], message: "not YAML: " + err.Error()}
	}
	mark := load.Mark
	// What was opened and not closed is where the author has to look; a block
	// mapping begins at its first key, which tells nothing.
	if load.ContextMark.Line > 0 && !strings.Contains(load.ContextMsg, "block") {
		mark = load.ContextMark
	}
	e := &valueError{position: t.places[0], message: "not YAML: " + strings.TrimPrefix(load.Message, "yaml: "), hint: "write key: value on each line"}
	if mark.Line > 0 {
		e.position = t.place(mark.Line, mark.Column)
	}
	if strings.Contains(load.Message, "cannot start any token") || strings.Contains(load.Message, "mapping values") {
		e.hint = "put the value in quotes"
	}
	for _, line := range t.lines {
		if optionKey.MatchString(line) && strings.HasPrefix(line, " ") && !strings.HasPrefix(line, "  ") {
			e.hint = "take out one space before " + strings.TrimSpace(line)
			break
		}
	}
	return e
}
