// Package ignore decides which files of a folder .gitignore files exclude.
//
// [Parse] reads the patterns of one file; [Rules.Match] asks them about a
// path. Who walks the folder asks the deepest .gitignore first and stops at
// the first that decides, and does not enter an ignored folder.
//
// Non-goals: the user's global excludes and .git/info/exclude, which say
// something about one machine, not about the notes; named classes such as
// [[:alpha:]].
//
// Invariant: matching agrees with git check-ignore; the tests compare the two.
package ignore
