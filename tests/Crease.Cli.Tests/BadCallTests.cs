using Crease.Models;
using Xunit;

namespace Crease.Cli.Tests;

/// <summary>Every wrong call ends with the right exit status and one line that says what, where and what is accepted.</summary>
public sealed class BadCallTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>Call, exit status, what the line must say. Words that start with % are files of this test's folder.</summary>
    public static TheoryData<string, int, string> Calls => new()
    {
        { "", 2, "'crease' needs a verb; accepted are partition, explain, segment, layers, distances, codes, soften, quantize, complexity, dimension, kernel, normalization, generator, loss, attack, concentration, certify, language, volume, train, dynamics, sweep, study, studio, data, setup, network, compute, measures, demo, bench" },
        { "measures frobnicate", 2, "no measure has the verb 'frobnicate'; verbs with measures are partition, segment, volume, explain" },
        { "measures language nosuch", 2, "no measure has the verb 'language nosuch'" },
        { "generator example:moons --from-layer nosuch", 1, "No node is called 'nosuch'" },
        { "train --data example:moons --net 2-4-2 --targets rows -o x", 2, "--targets is 'rows'; expected a whole number of columns, or inputs" },
        { "train --data example:moons --net 2-4-2 --targets inputs --loss cross-entropy -o x", 1, "targets are the inputs with the loss CrossEntropy; expected one of the two, and the mean squared error" },
        { "explain example:moons --at 1e200,1", 2, "--at has entries up to 1E+200, whose squares overflow; scale them to below 1e150" },
        { "explain example:moons --data %huge.csv", 1, "huge.csv: row 0 has entries up to 1E+300, whose squares overflow" },
        { "distances example:moons --data %huge.csv", 1, "huge.csv: row 0 has entries up to 1E+300" },
        { "loss example:moons --data %huge.csv", 1, "huge.csv: row 0 has entries up to 1E+300" },
        { "normalization example:moons --data %huge.csv", 1, "huge.csv: row 0 has entries up to 1E+300" },
        { "loss example:moons --data %large.csv", 1, "large.csv: the loss of example:moons overflows on these rows" },
        { "normalization example:moons --data %one.csv", 1, "one.csv: has one row; a batch takes at least 2" },
        { "kernel example:moons --data %one.csv", 1, "one.csv: has one row; a kernel takes at least 2" },
        { "frobnicate", 2, "'frobnicate' is not a verb; accepted are partition" },
        { "partiton example:moons", 2, "did you mean 'partition'?" },
        { "--nosuch", 2, "'--nosuch' is not a word" },
        { "partition", 2, "'crease partition' needs MODEL" },
        { "concentration", 2, "'crease concentration' needs" },
        { "certify example:moons", 2, "needs --property FILE.vnnlib or --data DATA" },
        { "certify example:moons --data example:moons", 2, "--data needs one of --epsilon" },
        { "certify example:moons --data example:moons --epsilon -1", 2, "--epsilon is '-1'; expected a number of at least 0" },
        { "certify example:moons --data example:moons --radius --distance", 2, "--data needs one of --epsilon E[,E2,...], --radius, --distance and --smoothing SIGMA" },
        { "certify example:moons --property nosuch.vnnlib --radius", 2, "--property goes without --epsilon, --radius" },
        { "certify example:moons --data example:moons --distance --norm l3", 2, "--norm is 'l3'; expected linf, l2, l1" },
        { "certify example:moons --data example:moons --smoothing 0", 2, "sigma is 0" },
        { "certify example:moons --data example:moons --epsilon 0.1 --time-limit 0", 2, "the time limit is 0 s" },
        { "certify example:moons --property nosuch.vnnlib", 1, "nosuch.vnnlib: no such file" },
        { "certify %smooth.onnx --data example:moons --epsilon 0.1", 1, "is smooth" },
        { "attack example:moons --data example:moons --epsilon 0.1 -o a.html", 2, "a.html: the ending is not one of this result; accepted are .svg, .png, .pdf, .json, .csv, .npz" },
        { "attack example:moons --data example:moons --epsilon 0.1 --width 20", 2, "--width is 20; expected 300 to 10000" },
        { "attack example:moons --data example:moons --epsilon 0.1 --precision half", 2, "--precision is 'half'; expected float64, float32" },
        { "attack example:moons --data example:moons --epsilon 0.1 --samples 2 --transfer example:digits", 1, "points go from one to the other only where both agree" },
        { "quantize", 2, "'crease quantize' needs MODEL" },
        { "quantize example:moons --bits 0", 2, "--bits holds '0'; expected 1 to 16" },
        { "quantize example:moons --bits 4..2", 2, "--bits holds '4..2'" },
        { "quantize example:moons --symmetric --asymmetric", 2, "exclude one another" },
        { "quantize example:moons --per row", 2, "--per is 'row'; expected tensor or channel" },
        { "quantize example:moons --steps 5", 2, "--steps is about an attack, which needs --epsilon" },
        { "quantize example:moons --epsilon 0.1", 2, "--epsilon needs --data DATA" },
        { "quantize example:moons --data example:moons --epsilon 0.1 --clip 1,0", 2, "--clip is '1,0'" },
        { "quantize example:moons -o a -o b", 2, "-o names 2 folders" },
        { "quantize example:moons -o curves.svg", 2, "curves need --data DATA" },
        { "quantize example:moons --panels panels.csv", 2, "--panels panels.csv: the ending is not one of this result" },
        { "quantize nosuch.onnx", 1, "nosuch.onnx: no such file" },
        { "quantize example:moons --data example:digits", 1, "row 0 has 64 numbers; the network takes 2" },
        { "quantize example:digits --box 0,1,0,1", 2, "--box alone needs a network with 2 or 3 inputs" },
        { "partition example:moons extra", 2, "'extra' is not a word that 'crease partition' knows" },
        { "partition example:moons --colour class", 2, "did you mean '--color'?" },
        { "partition @words", 1, "@words" },
        { "partition nosuch.onnx", 1, "nosuch.onnx: no such file" },
        { "partition %data.csv", 1, "accepted are .onnx, .onnx.gz, .safetensors, a run directory and example:NAME" },
        { "partition example:nosuch", 1, "accepted are example:moons, example:circles, example:spirals, example:digits" },
        { "partition %empty.onnx", 1, "empty.onnx: the file is empty" },
        { "partition %text.onnx", 1, "text.onnx" },
        { "partition %truncated.onnx", 1, "truncated.onnx" },
        { "partition %notgzip.onnx.gz", 1, "is not valid gzip data" },
        { "partition %smooth.onnx", 1, "smooth.onnx: node 'Erf_2' is smooth (erf), so the network is not piecewise affine there. 'crease complexity' accepts it; 'crease partition' does not." },
        { "explain %smooth.onnx --at 0,0", 1, "node 'Erf_2' is smooth" },
        { "partition example:moons --color pink", 2, "accepted are slope, class, area, depth, random" },
        { "partition example:moons --layers 0", 2, "--layers is 0; expected at least 1" },
        { "partition example:moons --layers 99", 2, "--layers is 99; expected 1 to 2" },
        { "partition example:moons --layers two", 2, "--layers is 'two'; expected a whole number" },
        { "partition example:moons --classes 0", 2, "--classes is '0'; expected two different outputs" },
        { "partition example:moons --classes 1,1", 2, "expected two different outputs" },
        { "partition example:moons --classes 0,9", 2, "--classes is 0,9; the network has outputs 0 to" },
        { "partition example:moons --max-regions 0", 2, "--max-regions is 0; expected at least 1" },
        { "partition example:moons --max-regions 1e3", 2, "--max-regions is '1e3'; expected a whole number" },
        { "partition example:moons --max-regions 9999999999", 2, "--max-regions is '9999999999'; expected a whole number" },
        { "partition example:moons --viewport 1,2,3", 2, "--viewport is '1,2,3'; expected x,y,width,height with positive width and height" },
        { "partition example:moons --viewport 1,2,0,1", 2, "expected x,y,width,height with positive width and height" },
        { "partition example:moons --viewport 1,2,x,1", 2, "--viewport holds 'x'; expected finite numbers separated by commas" },
        { "bench partition --peers %nosuch.csv", 1, "nosuch.csv" },
        { "partition example:moons --time-limit 0", 2, "--time-limit is 0; expected seconds above 0" },
        { "partition example:moons --time-limit -2.5", 2, "--time-limit is -2.5; expected seconds above 0" },
        { "partition example:moons --time-limit nan", 2, "--time-limit is NaN; expected seconds above 0" },
        { "partition example:moons --time-limit 1e99", 2, "at most 1000000000" },
        { "partition example:moons --time-limit soon", 2, "--time-limit is 'soon'; expected a number" },
        { "partition example:moons --time-limit", 2, "--time-limit needs SECONDS" },
        { "partition example:moons --stream", 2, "--stream needs FILE" },
        { "partition example:moons --stream %x.svg", 2, "--stream %x.svg: the ending is not one of this result; accepted are .parquet, .csv" },
        { "partition example:moons --stream %nosuch/x.parquet", 2, "the folder does not exist" },
        { "partition example:moons --stream %folder.csv", 2, "is a folder" },
        { "partition example:moons --stream %x.csv --stream %y.csv", 2, "--stream is given 2 times; expected once" },
        { "partition example:moons --stream %x.parquet -o %x.svg", 2, "%x.svg: needs all regions at once, and --stream keeps none; accepted with --stream is .json" },
        { "partition example:moons --stream %x.parquet -o %x.npz", 2, "needs all regions at once" },
        { "partition example:moons --stream %x.parquet --boundary", 2, "--stream finds regions only; leave out --boundary" },
        { "partition example:moons --stream %x.parquet --classes 0,1", 2, "--stream finds regions only" },
        { "partition nosuch.onnx --stream %x.parquet", 1, "nosuch.onnx: no such file" },
        { "bench", 2, "'crease bench' needs a verb; accepted are partition, stream" },
        { "dimension", 2, "'crease dimension' needs DATA" },
        { "dimension nosuch.csv", 1, "nosuch.csv" },
        { "dimension %ragged.csv", 1, "ragged.csv: line 3" },
        { "dimension example:moons --estimators twonn,nosuch", 2, "--estimators is 'nosuch'; expected twonn, twonn-old, twonn-ml" },
        { "dimension example:moons --neighbors 1", 2, "--neighbors is 1; expected 4 to 10000" },
        { "dimension example:moons --samples 2", 2, "--samples is 2; expected at least 3" },
        { "dimension example:moons --metric taxi", 2, "--metric is 'taxi'; expected euclidean, manhattan, chebyshev, angular, periodic, precomputed" },
        { "dimension example:moons --metric precomputed", 1, "Row 0 has 2 distances; expected 300, one for each row" },
        { "dimension example:moons --duplicates keep", 2, "--duplicates is 'keep'; expected remove, refuse" },
        { "dimension example:moons --scales 1", 2, "--scales is 1; expected 2 to 65536" },
        { "dimension example:moons --blocks 0", 2, "--blocks is 0; expected 1 to 65536" },
        { "dimension example:moons -o %x.svg", 2, "accepted are .json, .csv, .npz" },
        { "dimension synthetic:swiss-roll --per-class", 1, "has no labels; --per-class needs them" },
        { "dimension example:moons --network example:digits", 1, "row 0 has 2 numbers; the network takes 64" },
        { "dimension example:moons --network example:moons --scales", 2, "leave out --scales, --blocks, --per-class and --metric" },
        { "bench dimension --repeats 0", 2, "--repeats is 0; expected 1 to 1000" },
        { "bench stream --regions 0", 2, "--regions is 0; expected at least 1" },
        { "bench stream --stream %x.npz", 2, "accepted are .parquet, .csv" },
        { "partition example:moons --threads 0", 2, "--threads is 0; expected 1 to 1024" },
        { "partition example:moons --seed -1", 2, "--seed is -1" },
        { "partition example:moons --seed x", 2, "--seed is 'x'; expected a whole number" },
        { "partition example:moons --width 5", 2, "--width is 5; expected 300 to 10000" },
        { "partition example:moons --box 1,0,0,1", 2, "expected xmin < xmax and ymin < ymax" },
        { "partition example:moons --box 0,1,2", 2, "--box has 3 numbers" },
        { "partition example:moons --box a,1,0,1", 2, "--box holds 'a'" },
        { "partition example:moons --box 0,nan,0,1", 2, "--box holds 'nan'" },
        { "partition example:moons --box 0,1,0,1 --slice %plane.npz", 2, "exclude one another" },
        { "partition example:moons --margin 0.1", 2, "--margin needs --anchors" },
        { "partition example:moons --origin 0,0", 2, "need --box" },
        { "partition example:moons --direction 1,0 --box 0,1,0,1", 2, "expected twice" },
        { "partition example:moons --direction 1,0 --direction 2,0 --box 0,1,0,1", 2, "the two are parallel" },
        { "partition example:moons --direction 1,0,0 --direction 0,1 --box 0,1,0,1", 2, "--direction has 3 numbers; the network takes 2" },
        { "partition example:moons --slice nosuch.npz", 1, "nosuch.npz: no such file" },
        { "partition example:moons --slice %data.csv", 1, "data.csv: is not a .npz archive" },
        { "partition example:moons --slice %noorigin.npz", 1, "there is no array 'origin'" },
        { "partition example:moons --slice %badshape.npz", 1, "expected origin [D], directions [k, D], domain [V, k]" },
        { "partition example:moons --slice %skew.npz", 1, "not orthonormal" },
        { "partition example:moons --slice %nan.npz", 1, "expected finite numbers" },
        { "partition example:moons --slice %flat.npz", 1, "degenerate" },
        { "partition example:moons --slice %three.npz", 1, "space of 3 inputs; the network takes 2" },
        { "partition example:moons --slice %line.npz", 1, "has 1 directions" },
        { "partition example:digits", 2, "the network takes 64 inputs" },
        { "partition example:digits --box 0,1,0,1", 2, "--box alone needs a network with 2 or 3 inputs" },
        { "partition example:digits --anchors example:moons:0,1,2", 1, "row 0 has 2 numbers; the network takes 64" },
        { "partition example:moons --anchors example:moons", 2, "names no rows" },
        { "partition example:moons --anchors example:moons:0,x", 2, "names no rows" },
        { "partition example:moons --anchors example:moons:0,1,2,3", 2, "names 4 rows; expected 1, 2 or 3" },
        { "partition example:moons --anchors example:moons:0,1,99999", 1, "row 99999 does not exist; accepted are 0 to" },
        { "partition example:moons --anchors %data.csv:0,1,2", 1, "The three anchors are collinear" },
        { "partition example:moons --anchors %data.csv:0,1,0", 1, "anchors 0 and 2 coincide" },
        { "partition example:moons --anchors %data.csv:0,1,3 --margin -1", 2, "--margin is -1; expected at least 0" },
        { "partition example:moons --anchors nosuch.csv:0,1,2", 1, "nosuch.csv: no such file" },
        { "partition example:moons --anchors %ragged.csv:0,1,2", 1, "line 3 has 3 cells; expected 2" },
        { "partition example:moons -o %x.gif", 2, "accepted are .svg, .png, .pdf, .html, .json, .csv, .npz" },
        { "partition example:moons -o %nosuch/x.svg", 2, "the folder does not exist" },
        { "partition example:moons -o %folder.svg", 2, "is a folder" },
        { "partition example:moons -o", 2, "-o needs FILE" },
        { "explain example:moons", 2, "'crease explain' needs --at DATA:i|x1,x2,..." },
        { "explain example:moons --at 1", 2, "--at has 1 numbers; the network takes 2 (shape [2])" },
        { "explain example:moons --at 1,x", 2, "--at holds 'x'" },
        { "explain example:moons --at example:moons:0,1", 2, "--at names 2 rows; expected one" },
        { "explain example:moons --at example:digits:0", 1, "row 0 has 64 numbers; the network takes 2" },
        { "explain example:moons --at 0,0 -o %x.html", 2, "accepted are .json, .npz, .svg, .png, .pdf" },
        { "explain example:moons --at 0,0 --data example:moons", 2, "--at excludes --data" },
        { "explain example:moons --data example:digits", 1, "row 0 has 64 numbers; the network takes 2" },
        { "explain example:moons --data example:moons --samples 0", 2, "--samples is 0; expected 1 to 100000" },
        { "explain %smooth.onnx --data %data.csv", 1, "'crease complexity' accepts it; 'crease explain' does not" },
        { "layers", 2, "'crease layers' needs MODEL" },
        { "layers example:moons --unit 5", 2, "--unit is '5'; expected L:U with a layer from 1 and a unit from 0" },
        { "layers example:moons --unit 0:1", 2, "--unit is '0:1'; expected L:U" },
        { "layers example:moons --unit 9:1", 2, "--unit is 9:1; the network has layers 1 to 2" },
        { "layers example:moons --unit 1:99", 2, "this one units 0 to 15" },
        { "layers example:moons -o %x.csv", 2, "accepted are .svg, .png, .pdf, .json" },
        { "layers %smooth.onnx", 1, "'crease layers' does not" },
        { "distances", 2, "'crease distances' needs MODEL" },
        { "distances example:moons", 2, "'crease distances' needs --data DATA" },
        { "distances example:moons --data example:digits", 1, "row 0 has 64 numbers; the network takes 2" },
        { "distances example:moons --data example:moons --bins 1", 2, "--bins is 1; expected 2 to 500" },
        { "distances example:moons example:spirals --data example:moons", 1, "example:spirals: has other piecewise layers than example:moons" },
        { "distances %smooth.onnx --data %data.csv", 1, "'crease distances' does not" },
        { "codes", 2, "'crease codes' needs MODEL" },
        { "codes example:moons", 2, "'crease codes' needs --data DATA" },
        { "codes example:moons --data example:moons --neighbors 0", 2, "--neighbors is 0; expected 1 to" },
        { "codes example:moons --data example:moons --samples 1", 2, "gives 1 sample; 'crease codes' compares at least 2" },
        { "codes example:moons --data example:moons --clusters 9999", 2, "--clusters is 9999; expected 1 to" },
        { "codes example:moons --data example:moons -o %x.parquet", 2, "accepted are .svg, .png, .pdf, .html, .json, .csv, .npz" },
        { "codes %smooth.onnx --data %data.csv", 1, "'crease codes' does not" },
        { "soften", 2, "'crease soften' needs MODEL" },
        { "soften example:moons", 2, "'crease soften' needs --data DATA" },
        { "soften example:moons --data example:moons --beta 0.5,1", 2, "--beta holds 1; expected numbers in (0, 1)" },
        { "soften example:moons --data example:moons --beta x", 2, "--beta holds 'x'" },
        { "bench templates --case nosuch", 2, "--case is 'nosuch'; accepted are parts of 784-200-200-200-10" },
        { "bench templates --samples 0", 2, "--samples is 0; expected 1 to" },
        { "kernel", 2, "'crease kernel' needs MODEL" },
        { "kernel example:moons", 2, "needs --data DATA" },
        { "kernel %text.onnx --data example:moons", 1, "text.onnx" },
        { "bench kernel --repeats 0", 2, "--repeats is 0; expected 1 to 1000" },
        { "segment", 2, "'crease segment' needs MODEL" },
        { "segment example:moons", 2, "'crease segment' needs --from and --to DATA:i|x1,x2,..., or --slice FILE.npz" },
        { "segment example:moons --from 0,0", 2, "needs --from and --to" },
        { "segment example:moons --from 0,0 --to 1,1 --slice %line.npz", 2, "--slice excludes --from and --to" },
        { "segment example:moons --from 0,0 --to", 2, "--to needs DATA:i|x1,x2,..." },
        { "segment example:moons --from 0,0 --to 1", 2, "--to has 1 numbers; the network takes 2 (shape [2])" },
        { "segment example:moons --from 0,x --to 1,1", 2, "--from holds 'x'" },
        { "segment example:moons --from 0,nan --to 1,1", 2, "--from holds 'nan'" },
        { "segment example:moons --from 1,1 --to 1,1", 1, "The two ends of the segment coincide" },
        { "segment example:moons --from 1e308,1e308 --to -1e308,-1e308", 1, "farther apart than a double can tell" },
        { "segment example:moons --from example:moons:0,1 --to 1,1", 2, "--from names 2 rows; expected one" },
        { "segment example:moons --from example:digits:0 --to 1,1", 1, "row 0 has 64 numbers; the network takes 2" },
        { "segment example:moons --from example:moons:99999 --to 1,1", 1, "row 99999 does not exist" },
        { "segment example:moons --from nosuch.csv:0 --to 1,1", 1, "nosuch.csv: no such file" },
        { "segment example:moons --slice nosuch.npz", 1, "nosuch.npz: no such file" },
        { "segment example:moons --slice %plane.npz", 1, "the slice has 2 directions; 'crease segment' takes 1" },
        { "segment example:digits --slice %line.npz", 1, "space of 2 inputs; the network takes 64" },
        { "segment example:moons --from 0,0 --to 1,1 --classes 0,9", 2, "--classes is 0,9; the network has outputs 0 to" },
        { "segment example:moons --from 0,0 --to 1,1 --layers 99", 2, "--layers is 99; expected 1 to 2" },
        { "segment example:moons --from 0,0 --to 1,1 --max-regions 0", 2, "--max-regions is 0; expected at least 1" },
        { "segment example:moons --from 0,0 --to 1,1 --width 5", 2, "--width is 5; expected 300 to 10000" },
        { "segment example:moons --from 0,0 --to 1,1 -o %x.html", 2, "accepted are .svg, .png, .pdf, .json, .csv, .npz" },
        { "segment %smooth.onnx --from 0,0 --to 1,1", 1, "node 'Erf_2' is smooth (erf), so the network is not piecewise affine there. 'crease complexity' accepts it; 'crease segment' does not." },
        { "segment %text.onnx --from 0,0 --to 1,1", 1, "text.onnx" },
        { "normalization --data example:moons", 2, "needs MODEL, or --net WIDTHS" },
        { "normalization example:moons", 2, "--data" },
        { "normalization example:moons --data example:moons --net 2-4-2", 2, "MODEL and --net exclude one another" },
        { "normalization --net 2-x-2 --data example:moons", 2, "--net holds 'x'; expected whole numbers" },
        { "normalization --net 2-2 --data example:moons", 2, "--net has 2 numbers; expected 3 to 64" },
        { "normalization example:moons --data example:moons --samples 1", 2, "--samples is 1; expected 2 to" },
        { "normalization example:moons --data example:moons --batches 1", 2, "--batches is 1; expected 2 to" },
        { "normalization example:moons --data example:moons --batch-sizes 1,8", 2, "--batch-sizes holds '1'" },
        { "normalization example:moons --data example:moons --epsilon -1", 2, "--epsilon is -1; expected a number of at least 0" },
        { "normalization example:moons --data example:digits", 1, "row 0 has 64 numbers; the network takes 2" },
        { "normalization example:moons --data nosuch.csv", 1, "nosuch.csv: no such file" },
        { "normalization example:moons --data example:moons -o %x.html", 2, "accepted are .json, .csv, .svg, .png, .pdf, .safetensors" },
        { "normalization example:moons --data example:moons --jitter %x.csv", 2, "--jitter %x.csv: the ending is not one of this result" },
        { "normalization example:digits --data example:digits -o %x.svg", 2, "the network takes 64 inputs" },
        { "generator", 2, "needs MODEL, or --net WIDTHS" },
        { "generator example:moons --net 2-4-3", 2, "MODEL and --net exclude one another" },
        { "generator example:digits", 1, "has 10 outputs for 64 latents, so that every volume is 0" },
        { "generator example:moons --top 3", 1, "1 to 2 singular values exist" },
        { "generator example:moons --top 0", 2, "--top is 0; expected at least 1" },
        { "generator example:moons --latent cauchy", 2, "--latent is 'cauchy'; expected uniform, normal" },
        { "generator example:moons --divide-by-density", 2, "--divide-by-density needs --latent normal" },
        { "generator example:moons --polarity nan", 2, "--polarity is NaN; expected a finite number" },
        { "generator example:moons --range 1,1", 2, "--range is '1,1'; expected lo,hi with lo < hi" },
        { "generator example:moons --clip 0", 2, "--clip is 0; expected a positive number" },
        { "generator example:moons --samples 1", 2, "--samples is 1; expected 2 to" },
        { "generator --net 3-4-5 -o %x.svg", 2, "has 3 latents, so the slice of the map must be said" },
        { "generator example:moons -o %x.html", 2, "accepted are .json, .csv, .npz, .svg, .png, .pdf" },
        { "generator %smooth.onnx", 1, "node 'Erf_2' is smooth" },
        { "loss example:moons", 2, "--data" },
        { "loss example:moons --data example:moons --layer 9", 2, "--layer is 9; the network has dense layers 1 to 3" },
        { "loss example:moons --data example:moons --samples 0", 2, "--samples is 0; expected 1 to" },
        { "loss example:moons --data example:moons --range 2,1", 2, "--range is '2,1'; expected lo,hi with lo < hi" },
        { "loss example:moons --data example:digits", 1, "row 0 has 64 numbers; the network takes 2" },
        { "loss %smooth.onnx --data example:moons", 1, "smooth.onnx" },
        { "loss example:moons --data example:moons -o %x.npz", 2, "accepted are .json, .csv, .svg, .png, .pdf" },
        { "network", 2, "'crease network' needs MODEL" },
        { "compute", 2, "'crease compute' needs MODEL, --ledger or --hardware" },
        { "compute nosuch.onnx", 1, "nosuch.onnx: no such file" },
        { "compute example:moons --batch 0", 2, "--batch is 0; expected 1 to 2^40" },
        { "compute example:moons --trained-tokens 1e9", 2, "--trained-tokens is for language models" },
        { "compute example:moons --examples -1", 2, "--examples is '-1'; expected a number from 0" },
        { "compute --hardware 1,2", 2, "--hardware is '1,2'; expected N,HOURS,TFLOPS" },
        { "compute --hardware 1,2,3,2", 2, "with a utilization above 0, to 1" },
        { "compute example:moons --error 1", 2, "--error is '1'; expected a number in [0, 1)" },
        { "compute --ledger nosuch.json", 1, "nosuch.json" },
        { "compute --hardware 1,2,3 -o x.svg", 2, "a picture shows the operations of a model; say MODEL" },
        { "network %text.onnx", 1, "text.onnx" },
        { "sweep", 2, "'crease sweep' needs GRID.json" },
        { "sweep nosuch.json", 1, "nosuch.json: no such file" },
        { "sweep nosuch", 2, "pass --folder FOLDER" },
        { "sweep %data.csv", 1, "data.csv: line 1: " },
        { "sweep %empty.onnx --folder x", 1, "empty.onnx: the file is empty; expected a grid as JSON" },
        { "sweep nosuch.json -o %x.html", 2, "accepted are .svg, .png, .pdf, .csv, .parquet, .json" },
        { "demo extra", 2, "'extra' is not a word that 'crease demo' knows" },
        { "demo -o %x.gif", 2, "accepted are .svg" },
    };

    [Theory]
    [MemberData(nameof(Calls))]
    public void A_wrong_call_ends_in_one_line(string call, int status, string says)
    {
        Files();
        Call made = Call.Of([.. call.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word.StartsWith('%') ? _folder[word[1..]] : word)]);
        Assert.True(made.Status == status, $"exit status {made.Status}: {made.Errors}");
        Assert.Single(made.ErrorLines);
        Assert.StartsWith("crease: ", made.Errors, StringComparison.Ordinal);
        Assert.Contains(says.Replace("%", _folder.Path + "/", StringComparison.Ordinal), made.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", made.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("System.", made.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("(Parameter", made.Errors, StringComparison.Ordinal);
        Assert.Empty(made.Output);
        Assert.DoesNotContain(Directory.GetFiles(_folder.Path), file => file.EndsWith(".tmp", StringComparison.Ordinal) || Path.GetFileName(file).StartsWith("x.", StringComparison.Ordinal));
    }

    [Fact]
    public void A_read_only_place_is_refused_before_the_job()
    {
        Call made = Call.Of("partition", "example:moons", "-o", "/proc/x.svg");
        Assert.SkipUnless(OperatingSystem.IsLinux(), "needs /proc, which nobody can write to");
        Assert.Equal(1, made.Status);
        Assert.Equal("crease: -o /proc/x.svg: the folder cannot be written to\n", made.Errors);
    }

    [Theory]
    [InlineData("--stream")]
    [InlineData("-o")]
    public void A_folder_that_vanishes_during_the_job_ends_in_one_line(string option)
    {
        string folder = Directory.CreateDirectory(_folder["inner"]).FullName, path = Path.Combine(folder, "x.csv");
        Call made = Call.Of(new Vanishing(folder), "partition", "example:moons", option, path);
        Assert.Equal(1, made.Status);
        Assert.StartsWith($"crease: {path}: cannot be written (", made.ErrorLines[^1], StringComparison.Ordinal);
        Assert.Equal(2, made.ErrorLines.Length);
        Assert.Empty(made.Output);
        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task A_stack_trace_appears_only_when_asked_for()
    {
        Call made = await ProcessCall.Of(_folder.Path, "CREASE_DEBUG", "network", "nosuch.onnx");
        Assert.Equal(1, made.Status);
        Assert.Contains("   at ", made.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private void Files()
    {
        byte[] network = TinyOnnx.Chain("Relu");
        _folder.Write("data.csv", "x,y,label\n0,0,1\n1,1,0\n2,2,1\n0,1,1\n");
        _folder.Write("one.csv", "x,y,label\n0,0,1\n");
        _folder.Write("huge.csv", "x,y,label\n1e300,0,1\n1,1,0\n");
        _folder.Write("large.csv", "x,y,label\n9e153,9e153,1\n-9e153,9e153,0\n");
        _folder.Write("ragged.csv", "0,0\n1,1\n1,2,3\n");
        _folder.Write("empty.onnx", "");
        _folder.Write("text.onnx", "hello");
        _folder.Write("truncated.onnx", network[..(network.Length / 2)]);
        _folder.Write("notgzip.onnx.gz", network);
        _folder.Write("smooth.onnx", TinyOnnx.Chain("Erf"));
        Directory.CreateDirectory(_folder["folder.svg"]);
        Directory.CreateDirectory(_folder["folder.csv"]);
        double[] square = [0, 0, 1, 0, 1, 1, 0, 1];
        Slice("plane.npz", [0, 0], [1, 0, 0, 1], 2, square);
        Slice("skew.npz", [0, 0], [1, 0, 1, 0], 2, square);
        Slice("nan.npz", [0, double.NaN], [1, 0, 0, 1], 2, square);
        Slice("flat.npz", [0, 0], [1, 0, 0, 1], 2, [0, 0, 1, 1, 2, 2]);
        Slice("three.npz", [0, 0, 0], [1, 0, 0, 0, 1, 0], 2, square);
        Slice("line.npz", [0, 0], [1, 0], 1, [0, 1]);
        Slice("badshape.npz", [0, 0, 0], [1, 0, 0, 1], 2, square);
        using FileStream file = File.Create(_folder["noorigin.npz"]);
        Npz.Write(file, ("domain", stream => Npy.Write(stream, square, 4, 2)));
    }

    private void Slice(string name, double[] origin, double[] directions, int dimension, double[] domain)
    {
        using FileStream file = File.Create(_folder[name]);
        Npz.Write(file,
            ("origin", stream => Npy.Write(stream, origin, origin.Length)),
            ("directions", stream => Npy.Write(stream, directions, dimension, directions.Length / dimension)),
            ("domain", stream => Npy.Write(stream, domain, domain.Length / dimension, dimension)));
    }

    // Deletes a folder when the note about the default domain is written, which is after all checks and before the job.
    private sealed class Vanishing(string folder) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }
    }
}
