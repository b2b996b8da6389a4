package notebook

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"go.yaml.in/yaml/v4"
)

// scalar returns the text of a single value.
func scalar(n *yaml.Node, key string) (string, *valueError) {
	switch n = resolve(n); {
	case n.Kind != yaml.ScalarNode:
		return "", errorAt(n, "", "%s must be a single value", key)
	case n.Tag == "!!null":
		return "", errorAt(n, "", "%s has no value", key)
	}
	return n.Value, nil
}

func textValue(e entry) (string, *valueError) { return scalar(e.value, e.name()) }

func boolValue(e entry) (bool, *valueError) {
	text, err := textValue(e)
	if err != nil {
		return false, err
	}
	switch text {
	case "true":
		return true, nil
	case "false":
		return false, nil
	}
	return false, errorAt(e.value, "write true or false", "%s must be true or false, not %q", e.name(), text)
}

// choiceValue reads one of a few words.
func choiceValue[T ~string](e entry, choices ...T) (T, *valueError) {
	text, err := textValue(e)
	if err != nil {
		return "", err
	}
	words := make([]string, len(choices))
	for i, choice := range choices {
		if string(choice) == text {
			return choice, nil
		}
		words[i] = string(choice)
	}
	return "", errorAt(e.value, didYouMean(text, words), "bad value %q of %s", text, e.name())
}

func timeoutValue(e entry) (time.Duration, *valueError) {
	text, err := textValue(e)
	if err != nil {
		return 0, err
	}
	d, parseErr := time.ParseDuration(text)
	switch {
	case parseErr != nil:
		return 0, errorAt(e.value, "write 500ms, 5s or 1m30s", "bad duration %q of %s", text, e.name())
	case d <= 0:
		return 0, errorAt(e.value, "write 500ms, 5s or 1m30s", "%s must be more than nothing", e.name())
	}
	return d, nil
}

const sizeHint = "write 256MiB, 1GiB or 500MB"

func sizeValue(e entry) (Size, *valueError) {
	text, err := textValue(e)
	if err != nil {
		return 0, err
	}
	size, parseErr := ParseSize(text)
	switch {
	case parseErr != nil:
		return 0, errorAt(e.value, sizeHint, "bad size %q of %s", text, e.name())
	case size == 0:
		return 0, errorAt(e.value, sizeHint, "%s must be more than nothing", e.name())
	}
	return size, nil
}

func memoryValue(e entry) (Size, *valueError) {
	size, err := sizeValue(e)
	if err == nil && size < MinMemory {
		return 0, errorAt(e.value, "", "%s must be at least %s: a Go program needs that to start", e.name(), MinMemory)
	}
	return size, err
}

// items returns the values of a list; a single value is a list of one.
func items(e entry) []*yaml.Node {
	if e.value.Kind == yaml.SequenceNode {
		return e.value.Content
	}
	return []*yaml.Node{e.value}
}

// listValue reads a list of texts, or a single text.
func listValue(e entry) ([]string, *valueError) {
	var list []string
	for _, item := range items(e) {
		text, err := scalar(item, e.name())
		if err != nil {
			return nil, err
		}
		list = append(list, text)
	}
	return list, nil
}

func mapValue(e entry) (map[string]string, *valueError) {
	if e.value.Kind != yaml.MappingNode {
		return nil, errorAt(e.value, "write "+e.name()+": {NAME: value}", "%s must hold names and values", e.name())
	}
	fields, err := entries(e.value)
	if err != nil {
		return nil, err
	}
	m := map[string]string{}
	for _, f := range fields {
		text, err := textValue(f)
		if err != nil {
			return nil, err
		}
		m[f.name()] = text
	}
	return m, nil
}

// rangesValue reads lines and ranges of lines: [3, 5-7].
func rangesValue(e entry) ([]LineRange, *valueError) {
	var ranges []LineRange
	for _, item := range items(e) {
		text, err := scalar(item, e.name())
		if err != nil {
			return nil, err
		}
		for part := range strings.SplitSeq(text, ",") {
			r, parseErr := parseRange(strings.TrimSpace(part))
			if parseErr != nil {
				return nil, errorAt(item, "write lines as [3, 5-7]", "bad value %q of %s", part, e.name())
			}
			ranges = append(ranges, r)
		}
	}
	return ranges, nil
}

func parseRange(text string) (LineRange, error) {
	from, to, isRange := strings.Cut(text, "-")
	if !isRange {
		to = from
	}
	var r LineRange
	var err error
	if r.From, err = strconv.Atoi(strings.TrimSpace(from)); err != nil {
		return r, err
	}
	if r.To, err = strconv.Atoi(strings.TrimSpace(to)); err != nil {
		return r, err
	}
	if r.From < 1 || r.To < r.From {
		return r, fmt.Errorf("no range: %s", text)
	}
	return r, nil
}
