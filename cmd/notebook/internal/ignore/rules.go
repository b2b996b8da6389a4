package ignore

import (
	"path"
	"slices"
	"strings"
)

// Rules are the patterns of one .gitignore file. The zero value decides
// nothing.
type Rules struct{ rules []rule }

// A rule is one line of a .gitignore file.
type rule struct {
	segments []string // the pattern, cut at its slashes
	include  bool     // the line began with an exclamation mark
	folders  bool     // matches folders only
}

// Parse reads the text of a .gitignore file. Lines that are no pattern are
// left out, as git does.
func Parse(text string) Rules {
	var r Rules
	for line := range strings.Lines(text) {
		if rule, ok := parseLine(strings.TrimRight(line, "\r\n")); ok {
			r.rules = append(r.rules, rule)
		}
	}
	return r
}

// Match reports whether name, a path with slashes relative to the folder of
// the .gitignore file, is ignored. Decided is false where no pattern speaks
// of it.
func (r Rules) Match(name string, folder bool) (ignored, decided bool) {
	segments := strings.Split(name, "/")
	for _, rule := range slices.Backward(r.rules) {
		if (folder || !rule.folders) && match(rule.segments, segments) {
			return !rule.include, true
		}
	}
	return false, false
}

func parseLine(line string) (rule, bool) {
	var r rule
	line = trimSpaces(line)
	if strings.HasPrefix(line, "#") {
		return r, false
	}
	line, r.include = strings.CutPrefix(line, "!")
	line, r.folders = strings.CutSuffix(line, "/")
	anchored := strings.Contains(line, "/")
	line = strings.TrimPrefix(line, "/")
	if line == "" {
		return r, false
	}
	if !anchored {
		line = "**/" + line
	}
	r.segments = slices.Compact(strings.Split(strings.ReplaceAll(line, "[!", "[^"), "/"))
	return r, true
}

// trimSpaces removes spaces at the end, but not one behind a backslash.
func trimSpaces(line string) string {
	trimmed := strings.TrimRight(line, " ")
	if len(trimmed) < len(line) && strings.HasSuffix(trimmed, `\`) {
		return trimmed + " "
	}
	return trimmed
}

// match compares the segments of a pattern with those of a path. The pattern
// ** stands for any number of segments, but for at least one at the end.
func match(pattern, name []string) bool {
	for ; len(pattern) > 0; pattern, name = pattern[1:], name[1:] {
		if pattern[0] == "**" {
			return matchAnyDepth(pattern[1:], name)
		}
		if len(name) == 0 {
			return false
		}
		if ok, err := path.Match(pattern[0], name[0]); err != nil || !ok {
			return false
		}
	}
	return len(name) == 0
}

func matchAnyDepth(pattern, name []string) bool {
	if len(pattern) == 0 {
		return len(name) > 0
	}
	for i := range name {
		if match(pattern, name[i:]) {
			return true
		}
	}
	return false
}
