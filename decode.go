package notebook

import (
	"go/token"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"
)

// An optionDecoder sets one option of a cell.
type optionDecoder func(c *Cell, e entry) *valueError

// optionDecoders holds the options that a cell may have, by name.
var optionDecoders = map[string]optionDecoder{
	"label":        decodeLabel,
	"eval":         decodeEval,
	"title":        into(textValue, func(c *Cell) *string { return &c.Options.Title }),
	"echo":         decodeEcho,
	"output":       decodeOutput,
	"include":      into(boolValue, func(c *Cell) *bool { return &c.Options.Include }),
	"code-fold":    decodeCodeFold,
	"code-summary": into(textValue, func(c *Cell) *string { return &c.Options.CodeSummary }),
	"mark":         into(rangesValue, func(c *Cell) *[]LineRange { return &c.Options.Mark }),
	"expect":       into(expectValue, func(c *Cell) *[]Expectation { return &c.Options.Expect }),
	"error":        into(boolValue, func(c *Cell) *bool { return &c.Options.Error }),
	"timeout":      into(timeoutValue, func(c *Cell) *time.Duration { return &c.Options.Timeout }),
	"timing":       into(switchValue, func(c *Cell) *Switch { return &c.Options.Timing }),
	"trace":        into(switchValue, func(c *Cell) *Switch { return &c.Options.Trace }),
	"fig-cap":      into(textValue, func(c *Cell) *string { return &c.Options.FigCap }),
	"engine":       into(enginesValue, func(c *Cell) *[]EngineName { return &c.Options.Engines }),
	"match":        decodeMatch,
	"race":         decodeRace,
	"leaks":        into(leaksValue, func(c *Cell) *Leaks { return &c.Options.Leaks }),
	"repeat":       into(repeatValue, func(c *Cell) *int { return &c.Options.Repeat }),
	"procs":        into(procsValue, func(c *Cell) *[]int { return &c.Options.Procs }),
	"compare":      into(nameValue, func(c *Cell) *string { return &c.Options.Compare }),
	"model":        into(nameValue, func(c *Cell) *string { return &c.Options.Model }),
	"record":       into(namesValue, func(c *Cell) *[]string { return &c.Options.Record }),
	"claim":        decodeClaim,
	"needs":        into(needsValue, func(c *Cell) *Needs { return &c.Options.Needs }),
	"isolate":      into(boolValue, func(c *Cell) *bool { return &c.Options.Isolate }),
	"env":          into(mapValue, func(c *Cell) *map[string]string { return &c.Options.Env }),
	"args":         into(listValue, func(c *Cell) *[]string { return &c.Options.Args }),
	"stdin":        decodeStdin,
	"dir":          into(textValue, func(c *Cell) *string { return &c.Options.Dir }),
}

// into makes a decoder of a function that reads a value and one that says
// where the value belongs.
func into[T any](read func(entry) (T, *valueError), field func(*Cell) *T) optionDecoder {
	return func(c *Cell, e entry) *valueError {
		v, err := read(e)
		if err == nil {
			*field(c) = v
		}
		return err
	}
}

var (
	labelPattern  = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]*$`)
	reservedLabel = regexp.MustCompile(`^(cell|inline)-[0-9]+$`)
)

func decodeLabel(c *Cell, e entry) *valueError {
	text, err := textValue(e)
	switch {
	case err != nil:
		return err
	case !labelPattern.MatchString(text):
		return errorAt(e.value, "write a letter, then letters, digits, - and _", "bad label %q", text)
	case reservedLabel.MatchString(text):
		return errorAt(e.value, "choose another name", "the label %q is reserved for cells without one", text)
	}
	c.Label = text
	return nil
}

func decodeEval(c *Cell, e entry) *valueError {
	eval, err := boolValue(e)
	if err != nil {
		return err
	}
	c.Mode = Run
	if !eval {
		c.Mode = Show
	}
	return nil
}

// alias reads a choice of which one word is another name of the zero value.
func alias[T ~string](e entry, zero string, choices ...T) (T, *valueError) {
	v, err := choiceValue(e, append([]T{T(zero)}, choices...)...)
	if v == T(zero) {
		v = ""
	}
	return v, err
}

func decodeEcho(c *Cell, e entry) (err *valueError) {
	c.Options.Echo, err = alias(e, "true", EchoFalse, EchoFenced)
	return err
}

func decodeOutput(c *Cell, e entry) (err *valueError) {
	c.Options.Output, err = alias(e, "true", OutputFalse, OutputAsIs)
	return err
}

func decodeCodeFold(c *Cell, e entry) (err *valueError) {
	c.Options.CodeFold, err = alias(e, "false", FoldClosed, FoldOpen)
	return err
}

func switchValue(e entry) (Switch, *valueError) {
	return alias(e, "auto", SwitchOn, SwitchOff)
}

func decodeMatch(c *Cell, e entry) (err *valueError) {
	c.Options.Match, err = alias(e, "exact", MatchUnordered, MatchRegexp)
	return err
}

// decodeRace reads true or false; what is not written may be set by others.
func decodeRace(c *Cell, e entry) *valueError {
	race, err := boolValue(e)
	if err != nil {
		return err
	}
	c.Options.Race = SwitchOff
	if race {
		c.Options.Race = SwitchOn
	}
	return nil
}

// leaksValue reads whether goroutines may be blocked for ever.
func leaksValue(e entry) (Leaks, *valueError) {
	return alias(e, "allow", LeaksForbid)
}

func enginesValue(e entry) ([]EngineName, *valueError) {
	var engines []EngineName
	for _, item := range items(e) {
		engine, err := choiceValue(entry{e.key, resolve(item)}, Auto, Compiled, Yaegi)
		if err != nil {
			return nil, err
		}
		if slices.Contains(engines, engine) {
			return nil, errorAt(item, "", "engine %s is written twice", engine)
		}
		engines = append(engines, engine)
	}
	return engines, nil
}

func namesValue(e entry) ([]string, *valueError) {
	list, err := listValue(e)
	if err != nil {
		return nil, err
	}
	var names []string
	for _, text := range list {
		for name := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == ',' || r == ' ' }) {
			if !token.IsIdentifier(name) || name == "_" {
				return nil, errorAt(e.value, "write the names of variables: [x, y]", "%q in %s is no name of a variable", name, e.name())
			}
			names = append(names, name)
		}
	}
	return names, nil
}

// decodeStdin reads a text, or {file: path}.
func decodeStdin(c *Cell, e entry) (err *valueError) {
	if e.value.Kind != yaml.MappingNode {
		c.Options.Stdin, err = textValue(e)
		return err
	}
	fields, err := entries(e.value)
	if err != nil {
		return err
	}
	if len(fields) != 1 || fields[0].name() != "file" {
		return errorAt(e.value, "write a text or {file: path}", "bad value of stdin")
	}
	c.Options.StdinFile, err = textValue(fields[0])
	return err
}

// quartoOptions holds options that notes written for Quarto carry and that
// have no effect here.
var quartoOptions = wordSet(`
	attr-output attr-source cache cap-location classes code-annotations code-block-background
	code-line-numbers code-overflow column comment content-hidden content-visible daemon
	df-print enabled fig-align fig-alt fig-asp fig-column fig-dpi fig-env fig-format fig-height
	fig-link fig-pos fig-scap fig-subcap fig-width html-table-processing id keep-hidden keep-ipynb
	keep-md layout layout-align layout-ncol layout-nrow layout-valign lst-cap lst-label message
	out-height out-width output-location panel prompt renderings results tags tbl-cap tbl-cap-location
	tbl-colwidths tbl-column tbl-subcap warning`)

// otherWords holds what authors write for options that have another name.
var otherWords = map[string]string{
	"caption": "fig-cap", "group": "compare", "name": "label", "runs": "repeat", "times": "repeat", "timeline": "trace",
}

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for word := range strings.FieldsSeq(words) {
		set[word] = true
	}
	return set
}

func optionNames() []string { return slices.Sorted(maps.Keys(optionDecoders)) }
