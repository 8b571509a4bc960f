package draws

import (
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// readText reads a text as a file with a name.
func readText(t *testing.T, name, text string, o Options) (*Table, error) {
	t.Helper()
	return Read([]string{filepath.Join(written(t, map[string]string{name: text}), name)}, o)
}

// The header, the separator and the decimal sign are recognised by the text.
func TestLayoutsOfTables(t *testing.T) {
	for _, c := range []struct {
		about, text string
		names       []string
	}{
		{"CSV", "mu,tau\n1.5,-2\n0.25,3\n", []string{"mu", "tau"}},
		{"line ends of Windows and a byte order mark", "\ufeffmu,tau\r\n1.5,-2\r\n0.25,3\r\n", []string{"mu", "tau"}},
		{"no line end", "mu,tau\n1.5,-2\n0.25,3", []string{"mu", "tau"}},
		{"empty lines and comments", "\n# c\nmu,tau\n\n1.5,-2\n  # more\n0.25,3\n\n", []string{"mu", "tau"}},
		{"blanks around fields", " mu , tau\n 1.5 , -2\n0.25,\t3 \n", []string{"mu", "tau"}},
		{"quotes", "\"mu\",\"a \"\"b\"\", c\"\n\"1.5\",-2\n0.25,\"3\"\n", []string{"mu", `a "b", c`}},
		{"a separator in a quoted text", "s,mu,tau\n\"a,b\",1.5,-2\n\"c\",0.25,3\n", []string{"mu", "tau"}},
		{"another separator in a quoted name", "\"mu;1\",tau\n1.5,-2\n0.25,3\n", []string{"mu;1", "tau"}},
		{"separators at the end", "mu,tau,\n1.5,-2,\n0.25,3,\n", []string{"mu", "tau"}},
		{"separators at the end of rows", "mu,tau\n1.5,-2,\n0.25,3,\n", []string{"mu", "tau"}},
		{"tabs", "mu\ttau\n1.5\t-2\n0.25\t3\n", []string{"mu", "tau"}},
		{"tabs and decimal commas", "mu\ttau\n1,5\t-2\n0,25\t3\n", []string{"mu", "tau"}},
		{"semicolons", "mu;tau\n1.5;-2\n0.25;3\n", []string{"mu", "tau"}},
		{"decimal commas", "mu;tau\n1,5;-2\n0,25;3\n", []string{"mu", "tau"}},
		{"decimal commas without a header", "1,5;-2\n0,25;3\n", []string{"1", "2"}},
		{"blanks", "mu tau\n1.5   -2\n  0.25 3  \n", []string{"mu", "tau"}},
		{"no header", "1.5,-2\n0.25,3\n", []string{"1", "2"}},
		{"no header, a text", "a,1.5,-2\nb,0.25,3\n", []string{"2", "3"}},
		{"names in a comment", "# made by me\n# mu tau\n1.5 -2\n0.25 3\n", []string{"mu", "tau"}},
		{"exponents", "mu,tau\n15e-1,-0.2e+01\n2.5E-1,3e0\n", []string{"mu", "tau"}},
		{"row names left out of the header", "mu tau\n1 1.5 -2\n2 0.25 3\n", []string{"mu", "tau"}},
		{"an index saved again", "Unnamed: 0,mu,tau\n0,1.5,-2\n1,0.25,3\n", []string{"mu", "tau"}},
		{"x and y among others", "a,X,y,b\n7,1.5,-2,8\n7,0.25,3,9\n", []string{"X", "y"}},
		{"iterations of Stan's users", ".chain,.iteration,.draw,mu,tau\n1,1,1,1.5,-2\n1,2,2,0.25,3\n", []string{"mu", "tau"}},
		{"columns of pandas", ",0,1\n0,1.5,-2\n1,0.25,3\n", []string{"0", "1"}},
	} {
		table, err := readText(t, "a.csv", c.text, Options{})
		if err != nil {
			t.Errorf("%s: %v", c.about, err)
			continue
		}
		if !slices.Equal(table.Names, c.names) || !slices.Equal(table.Columns[0], []float64{1.5, 0.25}) || !slices.Equal(table.Columns[1], []float64{-2, 3}) {
			t.Errorf("%s: %v are %v, expected %v", c.about, table.Names, table.Columns, c.names)
		}
	}
}

// Without the requirement that values be finite, what stands for a missing value is NaN.
func TestMissingValuesAreKeptWithAllColumns(t *testing.T) {
	table, err := readText(t, "a.csv", "a,b,s\n1,NA,x\n,2,y\nInf,TRUE,z\n", Options{All: true})
	if err != nil || !slices.Equal(table.Names, []string{"a", "b"}) {
		t.Fatalf("%v (%v)", table, err)
	}
	a, b := table.Columns[0], table.Columns[1]
	if a[0] != 1 || !math.IsNaN(a[1]) || !math.IsInf(a[2], 1) || !math.IsNaN(b[0]) || b[1] != 2 || b[2] != 1 {
		t.Errorf("the columns are %v and %v", a, b)
	}
}

// The rows of a chain are consecutive and keep their order; other columns move with them.
func TestRowsAreOrderedByChain(t *testing.T) {
	text := "chain,weight,lp,diverging,mu\nb,1,10,nan,1\na,2,20,1,2\nb,3,30,1,3\na,0,40,0,4\nb,5,50,0,5\na,6,60,0,6\n"
	table, err := readText(t, "a.csv", text, Options{All: true})
	if err != nil {
		t.Fatal(err)
	}
	if !slices.Equal(table.Chain, []int32{0, 0, 0, 1, 1}) || !slices.Equal(table.Columns[0], []float64{1, 3, 5, 2, 6}) ||
		!slices.Equal(table.Weight, []float64{1, 3, 5, 2, 6}) || !slices.Equal(table.LogDensity, []float64{10, 30, 50, 20, 60}) ||
		!slices.Equal(table.Divergent, []bool{false, true, false, true, false}) {
		t.Errorf("the table is %+v", table)
	}
	table, err = readText(t, "a.csv", text, Options{All: true, Chain: None})
	if err != nil || table.Chain != nil || !slices.Equal(table.Columns[0], []float64{1, 2, 3, 5, 6}) {
		t.Errorf("without chains the table is %+v (%v)", table, err)
	}
}

// A column that is asked for by its name is no weight.
func TestASelectedColumnIsNoWeight(t *testing.T) {
	const text = "height,weight\n1.8,70\n1.6,0\n"
	table, err := readText(t, "a.csv", text, Options{Columns: []string{"height", "weight"}})
	if err != nil || table.Weight != nil || table.Rows() != 2 {
		t.Errorf("the table is %+v (%v)", table, err)
	}
	table, err = readText(t, "a.csv", text, Options{Columns: []string{"height", "weight"}, Weights: "weight"})
	if err != nil || table.Rows() != 1 || table.Weight[0] != 70 {
		t.Errorf("with weights the table is %+v (%v)", table, err)
	}
}

// Warm-up is what precedes the end of the adaptation, or what the settings say.
// A number fills its field, but for blanks.
func TestANumberFillsItsField(t *testing.T) {
	for text, want := range map[string][]float64{"a,b\n1 ,2\n 3,4 \n": {1, 3}, "a,b\n1e3 , 2\n-4.5,5\n": {1000, -4.5}, "a;b\n1,5 ;2\n2;1\n": {1.5, 2}} {
		if table, err := readText(t, "fields.csv", text, Options{}); err != nil || !slices.Equal(table.Columns[0], want) {
			t.Errorf("%q is read as %+v, %v", text, table, err)
		}
	}
	for text, says := range map[string]string{"a,b\n1,2\n1 x,2\n": `line 3: column a is "1 x", expected a number`, "a,b\n1,2\n1.5y,2\n": `line 3: column a is "1.5y", expected a number`,
		"a,b\n1,2\n3,4,5\n": "line 3: 3 fields, expected 2", "a,b\n1,2\n3\n": "line 3: 1 field, expected 2"} {
		if _, err := readText(t, "fields.csv", text, Options{}); err == nil || !strings.Contains(err.Error(), says) {
			t.Errorf("%q gives %v, expected %q", text, err, says)
		}
	}
}

// Others are read besides the two columns, the first two of more, and may hold anything; the two may not.
func TestOtherColumnsAreReadAsWell(t *testing.T) {
	for _, c := range []struct {
		text  string
		o     Options
		names []string
		third []float64
	}{
		{"a,b,c,lp__\n1,2,3,0\n4,5,x,0\n", Options{Others: true}, []string{"a", "b", "c"}, []float64{3, math.NaN()}},
		{"a,b,c\n1,2,3\n4,5,6\n", Options{Others: true, Columns: []string{"c", "exp(a)"}}, []string{"c", "exp(a)", "a", "b"}, []float64{1, 4}},
		{"a,x,y\n1,2,3\n4,5,\n", Options{Others: true, Columns: []string{"a", "x"}}, []string{"a", "x", "y"}, []float64{3, math.NaN()}},
		{"{\"a\": 1, \"b\": 2, \"c\": 3}\n{\"a\": 1, \"b\": 2}\n", Options{Others: true}, []string{"a", "b", "c"}, []float64{3, math.NaN()}},
	} {
		table, err := readText(t, "others.csv", c.text, c.o)
		if err != nil || !slices.Equal(table.Names, c.names) || !slices.EqualFunc(table.Columns[2], c.third, func(a, b float64) bool { return a == b || a != a && b != b }) {
			t.Errorf("%q with %+v: %+v, %v", c.text, c.o, table, err)
		}
	}
	for text, says := range map[string]string{"a,b,c\n1,2,3\n4,x,6\n": `column b is "x", expected a number`, "a,b,c\n1,2,3\n4,NaN,6\n": "column b is NaN, expected a finite number", "a,b\n1,2\n": ""} {
		if _, err := readText(t, "others.csv", text, Options{Others: true}); (err == nil) != (says == "") || err != nil && !strings.HasSuffix(err.Error(), says) {
			t.Errorf("%q gives %v", text, err)
		}
	}
	if _, err := readText(t, "more.csv", "a,b,c\n1,2,3\n", Options{}); err == nil || !strings.Contains(err.Error(), "expected two of them to be chosen") {
		t.Errorf("three columns alone give %v", err)
	}
	many := strings.Repeat("v,", 99) + "v\n" + strings.Repeat("1,", 99) + "1\n"
	for k := range 100 {
		many = strings.Replace(many, "v", fmt.Sprint("w", k), 1)
	}
	if table, err := readText(t, "many.csv", many, Options{Others: true}); err != nil || len(table.Names) != 2+maxOthers {
		t.Errorf("of 100 columns %v are read, %v", table, err)
	}
}

// The energy is that of CmdStan's name, or of ArviZ's beside other statistics of a sampler: a variable may be
// named energy as well.
func TestEnergiesAreRead(t *testing.T) {
	for _, c := range []struct {
		text    string
		o       Options
		energy  []float64
		columns []string
	}{
		{"a,energy__,b\n1,2,3\n4,5,6\n", Options{}, []float64{2, 5}, []string{"a", "b"}},
		{"a,energy,b\n1,2,3\n4,5,6\n", Options{All: true}, nil, []string{"a", "energy", "b"}},
		{"a,energy,b,diverging\n1,2,3,0\n4,5,6,0\n", Options{All: true}, []float64{2, 5}, []string{"a", "b"}},
		{"a,Energy,b,step_size\n1,2,3,0\n4,5,6,0\n", Options{}, []float64{2, 5}, []string{"a", "b"}},
		{"a,energy,b\n1,2,3\n4,5,6\n", Options{Energy: "energy"}, []float64{2, 5}, []string{"a", "b"}},
		{"a,energy__,b\n1,2,3\n4,5,6\n", Options{Energy: None}, nil, []string{"a", "b"}},
		{"chain,a,energy__,b\n1,0,2,0\n2,0,5,0\n1,0,7,0\n", Options{}, []float64{2, 7, 5}, []string{"a", "b"}},
	} {
		table, err := readText(t, "energy.csv", c.text, c.o)
		if err != nil || !slices.Equal(table.Energy, c.energy) || !slices.Equal(table.Names, c.columns) {
			t.Errorf("%q with %+v: %+v, %v", c.text, c.o, table, err)
		}
	}
	if _, err := readText(t, "energy.csv", "a,b\n1,2\n", Options{Energy: "e"}); err == nil || !strings.HasSuffix(err.Error(), `no column "e" for the energy, expected a or b`) {
		t.Errorf("a column that is not there: %v", err)
	}
}

func TestWarmUpIsLeftOut(t *testing.T) {
	rows := func(from, to int) (text string) {
		for v := from; v < to; v++ {
			text += "0,0.9," + string(rune('0'+v)) + ",1\n"
		}
		return text
	}
	const end = "# Adaptation terminated\n# Step size = 0.8\n"
	for about, c := range map[string]struct {
		text string
		want []float64
	}{
		"not saved":                     {"# num_warmup = 3\n# save_warmup = false\n" + stanHead + end + rows(1, 5), []float64{1, 2, 3, 4}},
		"saved":                         {"# num_warmup = 3\n# save_warmup = true\n" + stanHead + rows(1, 4) + end + rows(4, 6), []float64{4, 5}},
		"saved, in former notation":     {"# num_warmup = 3\n# save_warmup = 1\n" + stanHead + rows(1, 4) + end + rows(4, 6), []float64{4, 5}},
		"without the end of adaptation": {"# num_warmup = 3\n# save_warmup = 1\n# thin = 1 (Default)\n" + stanHead + rows(1, 6), []float64{4, 5}},
		"thinned":                       {"# num_warmup = 3\n# save_warmup = 1\n# thin = 2\n" + stanHead + rows(1, 6), []float64{3, 4, 5}},
		"without settings":              {stanHead + rows(1, 4) + end + rows(4, 6), []float64{4, 5}},
		"other than the settings say":   {"# num_warmup = 3\n# save_warmup = 1\n" + stanHead + rows(1, 3) + end + rows(3, 6), []float64{3, 4, 5}},
		"none":                          {"# num_warmup = 0\n# save_warmup = 1\n" + stanHead + rows(1, 3), []float64{1, 2}},
		"of a variational method":       {"# method = variational\nlp__,log_p__,mu,tau\n" + rows(1, 4), []float64{2, 3}},
	} {
		table, err := readText(t, "a.csv", c.text, Options{Columns: []string{"mu"}})
		if err != nil || !slices.Equal(table.Columns[0], c.want) || table.Format != "CmdStan" {
			t.Errorf("%s: %+v (%v), expected %v", about, table, err, c.want)
		}
	}
}

// The chains of a GetDist root and the files of a pattern come in the order of their numbers.
func TestFilesAreInTheOrderOfTheirNumbers(t *testing.T) {
	texts := map[string]string{"c.paramnames": "a\nb\n", "c.txt": "1 0 9 9\n", "cc_1.txt": "1 0 9 9\n", "c_x.txt": "1 0 9 9\n"}
	for v, name := range []string{"c_1.txt", "c_2.txt", "c_10.txt"} {
		texts[name] = "1 0 " + string(rune('0'+v)) + " 1\n"
	}
	dir := written(t, texts)
	for _, name := range []string{"c_*[0-9].txt", "c"} {
		table, err := Read([]string{filepath.Join(dir, name)}, Options{})
		if err != nil || !slices.Equal(table.Columns[0], []float64{0, 1, 2}) || !slices.Equal(table.Names, []string{"a", "b"}) {
			t.Errorf("%s: %+v (%v)", name, table, err)
		}
	}
}

// A column of many columns is found without the others.
func TestAWideTable(t *testing.T) {
	var names, values []string
	for k := range 5000 {
		names, values = append(names, "theta."+string(rune('a'+k%26))+strings.Repeat("x", k/26)), append(values, "1.5")
	}
	values[4321] = "2.5"
	text := strings.Join(names, ",") + "\n" + strings.Join(values, ",") + "\n"
	table, err := readText(t, "a.csv", text, Options{Columns: []string{"4322", "log(" + names[4321] + ")"}})
	if err != nil || table.Columns[0][0] != 2.5 || table.Columns[1][0] != math.Log(2.5) {
		t.Errorf("the table is %+v (%v)", table, err)
	}
}

// A comma or a point is the decimal sign, whichever comes first; with both, one separates thousands.
func TestDecimalSigns(t *testing.T) {
	for _, c := range []struct {
		text string
		want float64 // NaN where the last is refused
	}{
		{"1,5", 1.5}, {"1.5", 1.5}, {"-0,25e-1", -0.025}, {`"2,5"`, 2.5}, {"12", 12}, {"1,5 2.5", math.NaN()}, {"1.5 2,5", math.NaN()}, {"1.234,5", math.NaN()}, {"1,234.5", math.NaN()}, {"1,5 7 3,5", 3.5},
	} {
		d := decimals{allowsComma: true}
		last, ok := 0.0, false
		for _, text := range strings.Fields(c.text) {
			last, ok = d.number([]byte(text))
		}
		if ok == math.IsNaN(c.want) || ok && last != c.want {
			t.Errorf("the last of %s is %g (%v), expected %g", c.text, last, ok, c.want)
		}
	}
}
