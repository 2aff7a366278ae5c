// Checks an unzipped .fair with Go's own transparency-log packages: the signature, then the tree over every entry.
package main

import (
	"encoding/binary"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	folder, vkey := os.Args[1], os.Args[2]
	verifier, err := note.NewVerifier(vkey)
	check(err)
	text, err := os.ReadFile(filepath.Join(folder, "checkpoint"))
	check(err)
	signed, err := note.Open(text, note.VerifierList(verifier))
	check(err)
	var origin, root string
	var size int64
	lines := strings.Split(signed.Text, "\n")
	origin, root = lines[0], lines[2]
	_, err = fmt.Sscan(lines[1], &size)
	check(err)

	files, err := filepath.Glob(filepath.Join(folder, "tile/entries/*"))
	check(err)
	partial, err := filepath.Glob(filepath.Join(folder, "tile/entries/*.p/*"))
	check(err)
	files = append(files, partial...)
	sort.Strings(files)
	var hashes []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			out[i] = hashes[index]
		}
		return out, nil
	})
	count := int64(0)
	for _, file := range files {
		if info, err := os.Stat(file); err != nil || info.IsDir() {
			continue
		}
		bundle, err := os.ReadFile(file)
		check(err)
		for len(bundle) > 0 {
			length := int(binary.BigEndian.Uint16(bundle))
			stored, err := tlog.StoredHashes(count, bundle[2:2+length], reader)
			check(err)
			hashes = append(hashes, stored...)
			bundle = bundle[2+length:]
			count++
		}
	}
	tree, err := tlog.TreeHash(size, reader)
	check(err)
	if count != size || tree.String() != root {
		log.Fatalf("%d entries give %v, but %d and %s are signed", count, tree, size, root)
	}
	fmt.Printf("%s: %d entries, root %s, signed by %s\n", origin, size, root, verifier.Name())
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}
