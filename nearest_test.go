package notebook

import "testing"

func TestDidYouMean(t *testing.T) {
	known := []string{"echo", "eval", "expect", "timeout"}
	for word, want := range map[string]string{
		"expct":    "did you mean expect?",
		"epxect":   "did you mean expect?",
		"EVAL":     "did you mean eval?",
		"timeouts": "did you mean timeout?",
		"ech0":     "did you mean echo?",
		"layout":   "known: echo, eval, expect, timeout",
		"x":        "known: echo, eval, expect, timeout",
		"":         "known: echo, eval, expect, timeout",
	} {
		if got := didYouMean(word, known); got != want {
			t.Errorf("%s: got %q, want %q", word, got, want)
		}
	}
}

func TestEditDistance(t *testing.T) {
	for _, test := range []struct {
		a, b string
		want int
	}{
		{"", "", 0},
		{"a", "", 1},
		{"ab", "ba", 1},
		{"abcd", "acbd", 1},
		{"kitten", "sitting", 3},
		{"abc", "xyz", 3},
		{"abc", "abcdefghijkl", 9},
	} {
		if got := editDistance(test.a, test.b, 9); got != test.want {
			t.Errorf("%s, %s: got %d, want %d", test.a, test.b, got, test.want)
		}
	}
}

func TestNearestName(t *testing.T) {
	known := []string{"Print", "Printf", "Println", "Mutex", "x"}
	tests := []struct{ name, want string }{
		{"Mutx", "Mutex"},
		{"Printn", "Println"},
		{"Pritf", "Printf"},
		{"y", ""},
		{"nothing", ""},
	}
	for _, test := range tests {
		if got := NearestName(test.name, known); got != test.want {
			t.Errorf("NearestName(%q) = %q, want %q", test.name, got, test.want)
		}
	}
}
