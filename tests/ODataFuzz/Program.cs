using System.Diagnostics;
using System.Globalization;
using ServiceOffices.ODataFuzz;
using ServiceOffices.ODataFuzz.Checks;

// dotnet run --project tests/ODataFuzz -c Release -- payloads VARIED APPLY [SEED]
// Reads VARIED answers of all kinds and APPLY answers to random $apply with Microsoft.OData.Core, and prints every problem.
if (args is ["payloads", .. var sizes])
{
    return Payloads(Array.ConvertAll(sizes, size => int.Parse(size, CultureInfo.InvariantCulture)));
}

// dotnet run --project tests/ODataFuzz -c Release -- COUNT [SEED [FIRST]]
// Sends COUNT random requests to the OData engine and prints every invalid response. The exit code is 1 if there is one.
var numbers = Array.ConvertAll(args, argument => int.TryParse(argument, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : -1);
if (numbers.Length is 0 or > 3 || numbers.Contains(-1))
{
    Console.Error.WriteLine("usage: ODataFuzz COUNT [SEED [FIRST]]: whole numbers; FIRST is the number of the case to begin with");
    return 2;
}

var (count, seed, first) = (numbers[0], numbers.ElementAtOrDefault(1), numbers.ElementAtOrDefault(2));
var cases = new FuzzCases(seed);
var run = new FuzzRun(TimeSpan.FromSeconds(2));
var clock = Stopwatch.StartNew();
var failed = 0;
for (var number = first; number < first + count; number++)
{
    var request = cases[number];
    if (run.FindProblem(request) is { } problem)
    {
        failed++;
        Console.WriteLine($"\ncase {number} of seed {seed}: {problem}\n  {request}");
    }

    if ((number - first + 1) % 10_000 == 0)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{number - first + 1} cases, {failed} failed, {clock.Elapsed.TotalSeconds:F0} s"));
    }
}

var statuses = string.Join(", ", run.Statuses.Select(status => $"{status.Key}: {status.Value}"));
Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
    $"{count} cases of seed {seed}: {failed} failed. Statuses {statuses}. Slowest {run.Slowest.Elapsed.TotalMilliseconds:F0} ms, all {clock.Elapsed.TotalSeconds:F0} s. The slowest:\n  {run.Slowest.Request}\nThe largest, {run.Largest.Bytes / 1_000_000} MB:\n  {run.Largest.Request}"));
return failed == 0 ? 0 : 1;

static int Payloads(int[] sizes)
{
    var payloads = new PayloadRun();
    var watch = Stopwatch.StartNew();
    List<string> problems =
    [
        .. payloads.FindProblems(PayloadRun.Varied(sizes.ElementAtOrDefault(2)), sizes[0]), .. payloads.FindProblems(PayloadRun.Transformed(sizes.ElementAtOrDefault(2)), sizes.ElementAtOrDefault(1)),
    ];
    problems.ForEach(Console.WriteLine);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{sizes[0]} varied answers, {sizes.ElementAtOrDefault(1)} of $apply: {problems.Count} problems; {payloads.ReadPayloads} payloads read. Statuses {string.Join(", ", payloads.Statuses.Select(status => $"{status.Key}: {status.Value}"))}. {watch.Elapsed.TotalSeconds:F0} s."));
    return problems.Count == 0 ? 0 : 1;
}
