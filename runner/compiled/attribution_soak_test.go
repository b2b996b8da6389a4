//go:build soak

package compiled

// attributionRuns is how often TestAttribution runs the note.
const attributionRuns = 200
