package xray

import (
	"regexp"
	"strconv"
	"strings"
	"unicode"
)

// maxText is how many bytes are kept of a name or a message.
const maxText = 60

// nameOf returns the name of a goroutine: that of its function, or the line
// where it was started if the function has none of its own or only wraps one
// of the note, as that of sync.WaitGroup.Go does.
func nameOf(start, creator *place) string {
	pkg, name, literal := function(start.function)
	switch {
	case literal && creator.line != 0, name == "":
		return "line " + strconv.Itoa(int(creator.line))
	case start.inNote || pkg == "main":
		return clip(name)
	}
	return clip(pkg + "." + name)
}

var (
	// generated is what lowering adds to names.
	generated = regexp.MustCompile(`ǃ[\d_]*`)
	// literals are the names that the compiler gives to functions without one,
	// and the one of the runtime that wraps those for iter.Pull.
	literals = regexp.MustCompile(`\.(func|gowrap|deferwrap)?\d+(\.|-|$)|-range\d+|^\.corostart$`)
	// decoration is what the compiler adds to names of methods and generics.
	decoration = regexp.MustCompile(`\(\*?|\)|\[.*?\]|-fm$`)
)

// function returns the package of a function and its name as the author reads
// it, and whether it is a function literal.
func function(full string) (pkg, name string, literal bool) {
	full = generated.ReplaceAllString(full, "")
	start := 0
	if i := strings.IndexByte(full, '['); i >= 0 { // type arguments have paths too
		start = strings.LastIndexByte(full[:i], '/') + 1
	} else {
		start = strings.LastIndexByte(full, '/') + 1
	}
	pkg, name, _ = strings.Cut(full[start:], ".")
	name = decoration.ReplaceAllString(name, "")
	return pkg, name, literals.MatchString("." + name)
}

// splitName takes the line off a name that the program gave.
func splitName(s string) (name string, line int32) {
	if i := strings.LastIndexByte(s, '@'); i >= 0 {
		if n, err := strconv.ParseInt(s[i+1:], 10, 32); err == nil && n > 0 {
			return clip(s[:i]), int32(n)
		}
	}
	return clip(s), 0
}

// clip returns text that can be shown on a line: valid UTF-8 without control
// characters, of at most maxText bytes.
func clip(s string) string {
	end := "…"
	if len(s) <= maxText {
		end = ""
	}
	s = strings.ToValidUTF8(s[:min(len(s), maxText-len(end))], "")
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s) + end
}

// number tells goroutines with the same name apart.
func number(names []*string) {
	count := map[string]int{}
	for _, name := range names {
		count[*name]++
	}
	seen := map[string]int{}
	for _, name := range names {
		if plain := *name; count[plain] > 1 {
			seen[plain]++
			*name = plain + " #" + strconv.Itoa(seen[plain])
		}
	}
}
