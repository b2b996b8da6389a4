package notebook

import "regexp"

// checkTogether reports options that cannot stand together, or not on this
// kind of cell.
func (c *cellBuilder) checkTogether() {
	if e, ok := c.written["error"]; ok && c.Options.Error && len(c.Options.Expect) > 0 {
		c.report(Error, nodePosition(e.key), "keep expect", "error and expect cannot stand together: error accepts any outcome")
	}
	if e, ok := c.written["race"]; ok && c.Options.Race == SwitchOff && c.Options.Expects(RaceVerdict) {
		c.report(Error, nodePosition(e.key), "remove race: a cell that expects one runs under the race detector",
			"race: false and expect: race cannot stand together")
	}
	if c.Program {
		c.only("record", "session cells", "a program keeps its variables to itself")
	} else {
		c.only("args", "programs", "start the cell with package main")
		c.only("stdin", "programs", "start the cell with package main")
		if e, ok := c.written["engine"]; ok && len(c.Options.Engines) > 1 {
			c.report(Error, nodePosition(e.value), "start the cell with package main, or name one engine",
				"only a program can run under several engines")
		}
	}
	c.checkMarks()
	c.checkMatch()
	c.checkMeasuring()
}

// only reports an option that works on another kind of cell only.
func (c *cellBuilder) only(name, kind, hint string) {
	if e, ok := c.written[name]; ok {
		c.report(Error, nodePosition(e.key), hint, "the option %s is for %s only", name, kind)
	}
}

func (c *cellBuilder) checkMarks() {
	for _, r := range c.Options.Mark {
		if r.To > len(c.indent) {
			c.report(Warning, nodePosition(c.written["mark"].value), "lines count from 1, below the option lines",
				"the code has only %d lines", len(c.indent))
			return
		}
	}
}

func (c *cellBuilder) checkMatch() {
	e, ok := c.written["match"]
	switch {
	case !ok || c.Check == nil && c.misplaced: // the comment was told of
	case c.Check == nil:
		c.report(Warning, nodePosition(e.key), "end the cell with // Output:", "match has no effect without an output comment")
	case c.Options.Match == MatchRegexp && c.Check.Unordered:
		c.report(Error, nodePosition(e.key), "write // Output:", "an unordered output cannot be a regular expression")
	case c.Options.Match == MatchRegexp:
		if _, err := regexp.Compile(c.Check.Want); err != nil {
			c.report(Error, c.Check.Position, "", "the output comment is no regular expression: %v", err)
		}
	}
}
