package notebook

import (
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v4"
)

const (
	maxRepeat    = 1000 // runs of a cell
	maxProcs     = 256  // the largest GOMAXPROCS
	maxProcsList = 8    // values of GOMAXPROCS
	maxName      = 40   // characters of a group's or a model's name
)

func repeatValue(e entry) (int, *valueError) {
	text, err := textValue(e)
	if err != nil {
		return 0, err
	}
	n, parseErr := strconv.Atoi(text)
	if parseErr != nil || n < 1 || n > maxRepeat {
		return 0, errorAt(e.value, "write how often the cell is to run: 20", "%s must be a whole number from 1 to %d, not %q", e.name(), maxRepeat, text)
	}
	return n, nil
}

// procsValue reads a number of processors or a list of numbers: [1, 2, 4].
func procsValue(e entry) ([]int, *valueError) {
	const hint = "write one number or several: [1, 2, 4]"
	texts, err := listValue(e)
	switch {
	case err != nil:
		return nil, err
	case len(texts) == 0:
		return nil, errorAt(e.value, hint, "%s has no value", e.name())
	}
	var procs []int
	for text := range strings.SplitSeq(strings.Join(texts, ","), ",") {
		text = strings.TrimSpace(text)
		n, parseErr := strconv.Atoi(text)
		switch {
		case parseErr != nil || n < 1 || n > maxProcs:
			return nil, errorAt(e.value, hint, "%s must hold whole numbers from 1 to %d, not %q", e.name(), maxProcs, text)
		case slices.Contains(procs, n):
			return nil, errorAt(e.value, hint, "%d is written twice in %s", n, e.name())
		}
		procs = append(procs, n)
	}
	if len(procs) > maxProcsList {
		return nil, errorAt(e.value, hint, "%s has %d values; it may have up to %d", e.name(), len(procs), maxProcsList)
	}
	return procs, nil
}

// nameValue reads the name of a group or of a model.
func nameValue(e entry) (string, *valueError) {
	text, err := textValue(e)
	if err != nil {
		return "", err
	}
	name := strings.Join(strings.Fields(text), " ")
	switch {
	case name == "":
		return "", errorAt(e.value, "", "%s has no value", e.name())
	case utf8.RuneCountInString(name) > maxName:
		return "", errorAt(e.value, "it stands beside a bar", "%s may have up to %d characters", e.name(), maxName)
	}
	return name, nil
}

// checkMeasuring reports options on repeated and compared runs that cannot
// stand together, or not on this cell.
func (c *cellBuilder) checkMeasuring() {
	for _, name := range []string{"repeat", "procs", "compare"} {
		if e, ok := c.written[name]; ok && c.Mode == CompileOnly {
			c.report(Error, nodePosition(e.key), "remove no_run or "+name, "%s is for cells that run", name)
		}
	}
	compare, compared := c.written["compare"]
	model, named := c.written["model"]
	switch {
	case compared && !named:
		c.report(Error, nodePosition(compare.key), "say what this cell stands for: model: goroutines", "compare needs a model")
	case named && !compared:
		c.report(Error, nodePosition(model.key), "name the group that it belongs to: compare: "+c.Options.Model, "model needs compare")
	case compared && len(c.Options.Engines) > 1:
		c.report(Error, nodePosition(compare.key), "name one engine", "a cell that runs under several engines cannot be compared with others")
	}
	if e, ok := c.written["procs"]; ok && c.Options.Env["GOMAXPROCS"] != "" {
		c.report(Error, nodePosition(e.key), "remove it from env", "procs and env both set GOMAXPROCS")
	}
}

// A contender is a cell that its author wants to be compared with others.
type contender struct {
	*Cell
	compare, model *yaml.Node
}

// contend notes a cell that is part of a comparison.
func (p *noteParser) contend(c *cellBuilder) {
	if c.Mode == Run && c.Options.Compare != "" && c.Options.Model != "" {
		p.contenders = append(p.contenders, contender{c.Cell, c.written["compare"].value, c.written["model"].value})
	}
}

// checkGroups reports groups that cannot be compared.
func (p *noteParser) checkGroups() {
	groups := map[string][]contender{}
	var names []string
	for _, c := range p.contenders {
		name := c.Options.Compare
		for _, other := range groups[name] {
			if other.Options.Model == c.Options.Model {
				p.refuseContender(c, c.model, "give each cell of a group a model of its own",
					"the model "+strconv.Quote(c.Options.Model)+" of the group "+strconv.Quote(name)+" is used twice, first on line "+strconv.Itoa(other.Fence.Line))
				break
			}
		}
		if groups[name] == nil {
			names = append(names, name)
		}
		groups[name] = append(groups[name], c)
	}
	for i, name := range names {
		if len(groups[name]) > 1 {
			continue
		}
		hint := "give a second cell compare: " + name + " and another model"
		if others := slices.Delete(slices.Clone(names), i, i+1); len(others) > 0 {
			hint = didYouMean(name, others)
		}
		c := groups[name][0]
		p.refuseContender(c, c.compare, hint, "there is nothing to compare: no other cell is in the group "+strconv.Quote(name))
	}
}

func (p *noteParser) refuseContender(c contender, at *yaml.Node, hint, message string) {
	c.Broken = true
	p.report(Diagnostic{Position: nodePosition(at), Severity: Error, Message: message, Hint: hint, Cell: c.Label})
}
