using System.Globalization;
using System.Text.RegularExpressions;

namespace ServiceOffices.Benchmarks.Compare;

/// <summary>The options of the compare command: <c>--name value</c> pairs.</summary>
internal sealed record CompareOptions
{
    public IReadOnlyList<int> Sizes { get; private init; } = [140, 10_000, 100_000];

    /// <summary>The duration of the load in seconds for each request of each program in each round.</summary>
    public double Seconds { get; private init; } = 1;

    /// <summary>The number of rounds over all programs; the result is their median.</summary>
    public int Rounds { get; private init; } = 3;

    /// <summary>The names of the requests to measure.</summary>
    public Regex Only { get; private init; } = new("");

    /// <summary>The output file for the tables; null prints them.</summary>
    public string? OutputPath { get; private init; }

    /// <summary>Additional programs to measure: a name, and an executable that takes PORT DATAFILE and serves /odata/Offices.</summary>
    public IReadOnlyList<(string Name, string Command)> Others { get; private init; } = [];

    /// <exception cref="ArgumentException">An option is unknown or its value is invalid.</exception>
    public static CompareOptions Parse(IReadOnlyList<string> arguments)
    {
        var options = new CompareOptions();
        for (var i = 0; i + 1 < arguments.Count; i += 2)
        {
            var value = arguments[i + 1];
            options = arguments[i] switch
            {
                "--sizes" => options with { Sizes = [.. value.Split(',').Select(size => int.Parse(size, CultureInfo.InvariantCulture))] },
                "--seconds" => options with { Seconds = double.Parse(value, CultureInfo.InvariantCulture) },
                "--rounds" => options with { Rounds = int.Parse(value, CultureInfo.InvariantCulture) },
                "--only" => options with { Only = new Regex($"^({value})$") },
                "--out" => options with { OutputPath = value },
                "--other" when value.Split('=', 2) is [var name, var command] => options with { Others = [.. options.Others, (name, command)] },
                _ => throw new ArgumentException($"Unknown option '{arguments[i]} {value}'. Allowed: --sizes 140,10000 --seconds 2 --rounds 3 --only 'key|any' --out FILE --other NAME=COMMAND."),
            };
        }

        return options;
    }
}
