package notebook

import (
	"bytes"
	"strings"

	"go.yaml.in/yaml/v4"
)

// frontMatter reads the YAML between two lines of --- at the very top of the
// note. A first line of --- that is followed by an empty line, or that no
// second one follows, is a rule of the text.
func (p *noteParser) frontMatter() {
	last, ok := frontMatterEnd(p.note)
	if !ok {
		return
	}
	var text yamlText
	for i := 1; i < last; i++ {
		text.lines = append(text.lines, string(p.note.lineText(i)))
		text.places = append(text.places, Position{Line: i + 1, Col: 1})
	}
	if text.isEmpty() {
		return
	}
	p.body = len(p.note.Source)
	if last+1 < len(p.note.lines) {
		p.body = p.note.lines[last+1]
	}
	fields, err := text.mapping()
	if err != nil {
		p.frontMatterError(err)
		return
	}
	for _, field := range fields {
		p.metaField(field)
	}
}

// frontMatterEnd returns the index of the line that closes the front matter.
func frontMatterEnd(n *Note) (last int, ok bool) {
	if len(n.lines) < 3 || !isRule(n.lineText(0)) || len(bytes.TrimSpace(n.lineText(1))) == 0 {
		return 0, false
	}
	for i := 1; i < len(n.lines); i++ {
		if line := n.lineText(i); isRule(line) || string(bytes.TrimRight(line, " \t")) == "..." {
			return i, true
		}
	}
	return 0, false
}

func isRule(line []byte) bool { return string(bytes.TrimRight(line, " \t")) == "---" }

// frontMatterError reports what is wrong with the front matter. Nobody knows
// what the author wanted of the cells then, so that none runs.
func (p *noteParser) frontMatterError(err *valueError) {
	p.note.Broken = true
	p.report(Diagnostic{Position: err.position, Severity: Error, Message: "front matter: " + err.message, Hint: err.hint})
}

// metaField reads one key of the front matter. Keys of other tools are none of
// our business.
func (p *noteParser) metaField(field entry) {
	meta := &p.note.Meta
	var err *valueError
	if field.value.Tag == "!!null" && field.name() != "execute" {
		return // templates have keys to be filled in
	}
	switch field.name() {
	case "title":
		meta.Title, err = textValue(field)
	case "description":
		meta.Description, err = textValue(field)
	case "lang":
		meta.Lang, err = textValue(field)
	case "date":
		meta.Date, err = textValue(field)
	case "author":
		meta.Author, err = authorValue(field)
	case "tags":
		meta.Tags, err = tagsValue(field)
	case "aliases":
		meta.Aliases, err = listValue(field)
	case "execute":
		p.execute(field)
	case "require", "layout", "order", "freeze":
		err = errorAt(field.key, "remove it", "%s has no effect in this version of notebook", field.name())
	default:
		if NearestName(field.name(), []string{"execute"}) != "" {
			p.warn(nodePosition(field.key), "did you mean execute?", "%s has no effect", field.name())
		}
	}
	if err != nil {
		p.frontMatterError(err)
	}
}

// authorValue reads a name, a list of names, or Quarto's list of mappings
// with a name each.
func authorValue(field entry) ([]string, *valueError) {
	list := []*yaml.Node{field.value}
	if field.value.Kind == yaml.SequenceNode {
		list = field.value.Content
	}
	var names []string
	for _, item := range list {
		item = resolve(item)
		if item.Kind == yaml.MappingNode {
			for i := 0; i+1 < len(item.Content); i += 2 {
				if item.Content[i].Value == "name" {
					item = resolve(item.Content[i+1])
					break
				}
			}
		}
		name, err := textValue(entry{field.key, item})
		if err != nil {
			return nil, err
		}
		names = append(names, name)
	}
	return names, nil
}

// tagsValue reads a list, or one text with commas or spaces between the tags.
func tagsValue(field entry) ([]string, *valueError) {
	tags, err := listValue(field)
	if err != nil {
		return nil, err
	}
	if field.value.Kind == yaml.ScalarNode && len(tags) == 1 {
		tags = strings.FieldsFunc(tags[0], func(r rune) bool { return r == ',' || r == ' ' })
	}
	for i, tag := range tags {
		tags[i] = strings.TrimPrefix(tag, "#")
	}
	return tags, nil
}

// execute reads the defaults for the cells of the note.
func (p *noteParser) execute(field entry) {
	if field.value.Kind != yaml.MappingNode {
		p.frontMatterError(errorAt(field.value, "write the defaults indented below it", "execute must hold keys and values"))
		return
	}
	fields, err := entries(field.value)
	if err != nil {
		p.frontMatterError(err)
		return
	}
	for _, f := range fields {
		if err := p.executeField(f); err != nil {
			p.frontMatterError(err)
		}
	}
}

// limitKeys are the keys of execute that a cell cannot have: its session shares
// one process.
var limitKeys = wordSet("max-output mem")

var executeKeys = []string{"engine", "eval", "fences", "leaks", "max-output", "mem", "race", "timeout", "trace"}

func (p *noteParser) executeField(f entry) (err *valueError) {
	execute := &p.note.Meta.Execute
	switch f.name() {
	case "eval":
		var eval bool
		if eval, err = boolValue(f); err == nil {
			execute.Eval = &eval
		}
	case "timeout":
		execute.Timeout, err = timeoutValue(f)
	case "mem":
		execute.Memory, err = memoryValue(f)
	case "max-output":
		execute.MaxOutput, err = sizeValue(f)
	case "engine":
		execute.Engine, err = choiceValue(f, Auto, Compiled, Yaegi)
	case "fences":
		execute.Fences, err = choiceValue(f, "all", FencesBraces, FencesNone)
		if execute.Fences == "all" {
			execute.Fences = FencesAll
		}
	case "trace":
		execute.Trace, err = switchValue(f)
	case "race":
		execute.Race, err = boolValue(f)
	case "leaks":
		execute.Leaks, err = leaksValue(f)
	default:
		return p.unknownExecuteKey(f)
	}
	return err
}

func (p *noteParser) unknownExecuteKey(f entry) *valueError {
	if optionDecoders[f.name()] != nil {
		return errorAt(f.key, "write //| "+f.name()+": ... at the top of each cell", "%s is an option of cells, not of execute", f.name())
	}
	if quartoOptions[f.name()] {
		p.warn(nodePosition(f.key), "remove it", "front matter: execute: %s has no effect here", f.name())
		return nil
	}
	return errorAt(f.key, didYouMean(f.name(), executeKeys), "unknown key %q of execute", f.name())
}
