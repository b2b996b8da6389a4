package inside

import "encoding/hex"

// A marker is written to both standard streams where a run begins and ends:
// a zero byte, the nonce, 'b' or 'e', and the number of the run in hexadecimal.
const (
	NonceSize  = 32
	MarkerSize = 1 + NonceSize + 1 + 8
)

// Marker returns the bytes of a marker.
func Marker(nonce string, kind byte, run uint32) []byte {
	m := make([]byte, 0, MarkerSize)
	m = append(append(append(m, 0), nonce...), kind)
	return hex.AppendEncode(m, []byte{byte(run >> 24), byte(run >> 16), byte(run >> 8), byte(run)})
}
