package notebook

import (
	"regexp"
	"strconv"
	"strings"
)

// Needs is what claims about a cell ask of the machine. Where it is not met,
// they are not applicable. The zero value asks for nothing.
type Needs struct {
	Cores int  // at least so many
	Quiet bool // no other work meanwhile
}

var needsCores = regexp.MustCompile(`^cores *>= *([0-9]{1,6})$`)

// needsValue reads what the option needs names.
func needsValue(e entry) (Needs, *valueError) {
	var needs Needs
	list, err := listValue(e)
	if err != nil {
		return needs, err
	}
	for _, text := range list {
		for part := range strings.SplitSeq(text, ",") {
			part = strings.TrimSpace(part)
			cores := needsCores.FindStringSubmatch(part)
			switch {
			case part == "quiet":
				needs.Quiet = true
			case cores != nil:
				needs.Cores, _ = strconv.Atoi(cores[1]) // its digits fit
			default:
				return needs, errorAt(e.value, "write cores >= 2, or quiet", "bad value %q of %s", part, e.name())
			}
		}
	}
	return needs, nil
}
