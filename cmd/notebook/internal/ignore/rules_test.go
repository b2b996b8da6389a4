package ignore_test

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"notebook/cmd/notebook/internal/ignore"
)

// Each pattern is tried on all paths; a path that ends with a slash is a folder.
var (
	patterns = []string{
		"a.md", "/a.md", "sub/a.md", "sub/", "*.md", "*", "sub/*", "sub/**", "**/a.md", "**/deep/*.md",
		"sub/**/a.md", "/sub", "sub", "?.md", "[ab].md", "[!a].md", "[^a].md", "[a-c].md", `\#x.md`, `\!x.md`, "# x", "",
		"a.md ", `a\ b.md`, `end\ `, "deep/", "**", "/**", "/*", "*/a.md", "*.m?", "dr*ts", "a**d", "**/", "x/", "[", `\`,
		"*\n!a.md", "*.md\n!sub/\n!/a.md", "sub/*\n!sub/a.md", "drafts/\n!drafts/keep.md", "äö.md",
	}
	paths = []string{
		"a.md", "b.md", "ab.md", "sub/", "sub/a.md", "sub/deep/", "sub/deep/a.md", "sub/deep/b.md", "deep/", "deep/a.md",
		"#x.md", "!x.md", "a b.md", "end ", "drafts/", "drafts/keep.md", "äö.md", "x",
	}
)

func TestMatchAgreesWithGit(t *testing.T) {
	git, err := exec.LookPath("git")
	if err != nil {
		t.Skip("git is not installed")
	}
	repo := t.TempDir()
	if out, err := exec.Command(git, "init", "-q", repo).CombinedOutput(); err != nil {
		t.Fatalf("git init: %v\n%s", err, out)
	}
	makePaths(t, repo)
	for _, text := range patterns {
		if err := os.WriteFile(filepath.Join(repo, ".gitignore"), []byte(text+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		ignored := gitIgnores(t, git, repo)
		rules := ignore.Parse(text + "\n")
		for _, p := range paths {
			if got := ignoredBelow(rules, p); got != ignored[p] {
				t.Errorf("%q ignores %q: got %v, git says %v", text, p, got, ignored[p])
			}
		}
	}
}

// ignoredBelow asks about a path and the folders above it, as a walk does.
func ignoredBelow(rules ignore.Rules, path string) bool {
	name, folder := strings.CutSuffix(path, "/")
	for i, c := range name {
		if c == '/' {
			if ignored, _ := rules.Match(name[:i], true); ignored {
				return true
			}
		}
	}
	ignored, _ := rules.Match(name, folder)
	return ignored
}

func makePaths(t *testing.T, repo string) {
	t.Helper()
	for _, p := range paths {
		full := filepath.Join(repo, filepath.FromSlash(p))
		if err := os.MkdirAll(filepath.Dir(full), 0o700); err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(p, "/") {
			if err := os.MkdirAll(full, 0o700); err != nil {
				t.Fatal(err)
			}
			continue
		}
		if err := os.WriteFile(full, nil, 0o600); err != nil {
			t.Fatal(err)
		}
	}
}

func gitIgnores(t *testing.T, git, repo string) map[string]bool {
	t.Helper()
	cmd := exec.Command(git, "-C", repo, "check-ignore", "-z", "--stdin")
	cmd.Stdin = strings.NewReader(strings.ReplaceAll(strings.Join(paths, "\x00"), "/\x00", "\x00"))
	out, err := cmd.Output()
	if exit, ok := errors.AsType[*exec.ExitError](err); err != nil && (!ok || exit.ExitCode() != 1) {
		t.Fatalf("git check-ignore: %v", err)
	}
	listed := strings.Split(string(out), "\x00")
	ignored := map[string]bool{}
	for _, p := range paths {
		ignored[p] = slices.Contains(listed, strings.TrimSuffix(p, "/"))
	}
	return ignored
}

func TestMatchSaysWhenNothingDecides(t *testing.T) {
	rules := ignore.Parse("*.txt\n")
	if ignored, decided := rules.Match("a.md", false); ignored || decided {
		t.Errorf("a.md: got ignored %v, decided %v; want neither", ignored, decided)
	}
	if ignored, decided := ignore.Parse("!a.md\n").Match("a.md", false); ignored || !decided {
		t.Errorf("!a.md: got ignored %v, decided %v; want a decision for it", ignored, decided)
	}
}
