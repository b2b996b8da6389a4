package runner

import (
	"os"

	"notebook"
)

// unfit reports options that name what is not there: the cell could be
// compiled, but not run as its author means it.
func (run *noteRun) unfit(c *notebook.Cell) []notebook.Problem {
	problem := func(message, hint string) []notebook.Problem {
		return []notebook.Problem{{
			File: run.note.Name, Line: c.Fence.Line, Col: c.Fence.Col,
			Severity: notebook.Error, Message: message, Hint: hint,
		}}
	}
	if dir := c.Options.Dir; dir != "" {
		if info, err := os.Stat(run.env.path(dir)); err != nil || !info.IsDir() {
			return problem("dir: there is no folder "+dir, "dir names a folder, seen from the folder of the note")
		}
	}
	if name := c.Options.StdinFile; name != "" {
		if info, err := os.Stat(run.env.path(name)); err != nil || !info.Mode().IsRegular() {
			return problem("stdin: there is no file "+name, "file names a file, seen from the folder of the note")
		}
	}
	return nil
}
