package app

import "undercurrent/ui/paint"

// foldCommand is a command line of a POSIX shell in lines of at most width cells. Each but the last ends
// in a backslash, so that the shell reads them as the one line, also where a long word is broken.
func foldCommand(command string, width int) (lines []string) {
	line := ""
	for _, word := range shellWords(command) {
		if line != "" && paint.Width(line)+1+paint.Width(word)+2 > width {
			lines, line = append(lines, line+` \`), ""
		}
		if line != "" {
			line += " "
		}
		pieces := breakWord(word, width-2)
		lines = append(lines, pieces[:len(pieces)-1]...)
		line += pieces[len(pieces)-1]
	}
	return append(lines, line)
}

// quoting is where in a word of a shell one is.
type quoting struct{ quoted, escaped bool }

// after is where one is after a letter.
func (q quoting) after(letter rune) quoting {
	switch {
	case q.escaped:
		q.escaped = false
	case letter == '\'':
		q.quoted = !q.quoted
	case letter == '\\' && !q.quoted:
		q.escaped = true
	}
	return q
}

// shellWords are the words of a command line, with their quotes.
func shellWords(command string) (words []string) {
	word, at := "", quoting{}
	for _, letter := range command {
		if letter == ' ' && at == (quoting{}) {
			words, word = append(words, word), ""
			continue
		}
		word, at = word+string(letter), at.after(letter)
	}
	return append(words, word)
}

// breakWord breaks a word that is wider than width into pieces that a shell joins: quotes are closed and
// opened again around the break.
func breakWord(word string, width int) (pieces []string) {
	if paint.Width(word) <= width {
		return []string{word}
	}
	piece, at := "", quoting{}
	for _, letter := range word {
		// Room for the letter, a closing quote and the backslash.
		if piece != "" && !at.escaped && paint.Width(piece+string(letter))+2 > width {
			if at.quoted {
				pieces, piece = append(pieces, piece+`'\`), "'"
			} else {
				pieces, piece = append(pieces, piece+`\`), ""
			}
		}
		piece, at = piece+string(letter), at.after(letter)
	}
	return append(pieces, piece)
}
