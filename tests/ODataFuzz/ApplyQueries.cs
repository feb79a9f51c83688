using System.Globalization;

namespace ServiceOffices.ODataFuzz;

/// <summary>
/// Composes <c>$apply</c> with the names and types that each transformation leaves: unlike those of <see cref="Grammar"/>, most of these
/// requests are valid.
/// </summary>
internal sealed class ApplyQueries(Random random)
{
    private int aliases;

    private enum Kind
    {
        Number,
        Text,
        Truth,
        Other,
    }

    private static readonly IReadOnlyList<(string Path, Kind Kind)> Samples =
    [
        ("id", Kind.Number), ("whole", Kind.Number), ("size", Kind.Number), ("price", Kind.Number), ("level", Kind.Number), ("details/count", Kind.Number), ("group/capacity", Kind.Number),
        ("name", Kind.Text), ("groupCode", Kind.Text), ("group/name", Kind.Text), ("details/note", Kind.Text), ("details/origin/country", Kind.Text), ("parent/group/code", Kind.Text),
        ("flag", Kind.Truth), ("group/active", Kind.Truth), ("details/fixed", Kind.Truth), ("on", Kind.Other), ("changed", Kind.Other), ("lasts", Kind.Other), ("token", Kind.Other), ("group/opened", Kind.Other),
    ];

    private static readonly IReadOnlyList<(string Path, Kind Kind)> Groups =
    [
        ("capacity", Kind.Number), ("budget", Kind.Number), ("Sampling.FundedGroup/sum", Kind.Number), ("code", Kind.Text), ("name", Kind.Text), ("active", Kind.Truth), ("opened", Kind.Other),
        ("Sampling.FundedGroup/term", Kind.Other), ("state", Kind.Other),
    ];

    private static readonly IReadOnlyList<(string Path, Kind Kind)> Parts = [("amount", Kind.Number), ("count", Kind.Number), ("label", Kind.Text), ("since", Kind.Other)];

    /// <summary>Composes a path and query options.</summary>
    public (string Path, string Query) Request()
    {
        aliases = 0;
        var form = random.Next(12);
        var (path, columns) = form switch
        {
            0 or 1 => ("groups", Groups),
            2 => ("samples(1)/parts", Parts),
            3 => ("samples(1)/children", Samples),
            4 => ("$crossjoin(samples,groups)", [.. Samples.Where(column => !column.Path.Contains('/', StringComparison.Ordinal)).Select(column => ("samples/" + column.Path, column.Kind)), ("groups/code", Kind.Text), ("groups/capacity", Kind.Number)]),
            _ => ("samples", Samples),
        };
        if (form == 5)
        {
            return ("groups", $"$expand=samples({string.Join(';', Options(Samples, false))})&$select=code");
        }

        return (path, string.Join('&', Options(columns, form != 4)));
    }

    private List<string> Options(IReadOnlyList<(string Path, Kind Kind)> columns, bool canSelect)
    {
        var (text, result) = Sequence(columns, 3);
        List<string> options = ["$apply=" + text];
        if (result.Count == 0)
        {
            return options;
        }

        if (random.Next(3) == 0)
        {
            options.Add("$filter=" + Condition(result));
        }

        if (random.Next(3) == 0)
        {
            options.Add("$orderby=" + Pick(result).Path + (random.Next(2) == 0 ? " desc" : ""));
        }

        if (random.Next(4) == 0)
        {
            options.Add("$count=true");
        }

        if (random.Next(4) == 0)
        {
            options.Add($"$top={random.Next(6)}");
        }

        if (canSelect && random.Next(5) == 0)
        {
            options.Add("$select=" + string.Join(',', Some(result).Select(column => column.Path)));
        }

        if (canSelect && random.Next(6) == 0 && result.Any(column => column.Kind == Kind.Number))
        {
            var name = Alias();
            options.Add($"$compute={Numeric(result)} mul 2 as {name}");
        }

        return options;
    }

    private (string Text, IReadOnlyList<(string Path, Kind Kind)> Columns) Sequence(IReadOnlyList<(string Path, Kind Kind)> columns, int depth)
    {
        var texts = new List<string>();
        var count = random.Next(1, 4);
        for (var i = 0; i < count; i++)
        {
            var (text, next) = Step(columns, depth);
            texts.Add(text);
            columns = next;
        }

        return (string.Join('/', texts), columns);
    }

    private (string Text, IReadOnlyList<(string Path, Kind Kind)> Columns) Step(IReadOnlyList<(string Path, Kind Kind)> columns, int depth)
    {
        if (columns.Count == 0)
        {
            return ("identity", columns);
        }

        switch (random.Next(depth > 0 ? 14 : 9))
        {
            case 0:
                return ($"filter({Condition(columns)})", columns);
            case 1:
                return ($"orderby({Pick(columns).Path})/{Pick<string>(["top", "skip"])}({random.Next(1, 9)})", columns);
            case 2 when columns.Any(column => column.Kind == Kind.Number):
                var computed = Alias();
                return ($"compute({Numeric(columns)} add 1 as {computed})", [.. columns, (computed, Kind.Number)]);
            case 3:
                var texts = Alias();
                return ($"compute({Pick(columns).Path} eq null as {texts})", [.. columns, (texts, Kind.Truth)]);
            case 4 when columns.Any(column => column.Kind == Kind.Number):
                return ($"{Pick<string>(["topcount", "bottomcount", "toppercent", "bottompercent", "topsum", "bottomsum"])}({random.Next(1, 60)},{Numeric(columns)})", columns);
            case 5:
                var set = Some(columns);
                return ($"groupby(({Join(set)}))", set);
            case 6:
                return Aggregate(columns);
            case 7:
                return ("identity", columns);
            case 8 when Join(columns).Contains("details/", StringComparison.Ordinal) && columns.Count > 15:
                var related = Alias();
                return ($"{Pick<string>(["join", "outerjoin"])}({Pick<string>(["children", "parts", "leads"])} as {related})", columns);
            case 9:
                var (first, second) = (Sequence(columns, depth - 1), Sequence(columns, depth - 1));
                return ($"concat({first.Text},{second.Text})", [.. first.Columns.Union(second.Columns).DistinctBy(column => column.Path)]);
            case 10:
                var rolled = Some(columns);
                var (aggregate, values) = Aggregate(columns);
                return ($"groupby((rollup({(random.Next(2) == 0 || rolled.Count == 1 ? "$all," : "")}{Join(rolled)})),{aggregate})", [.. rolled, .. values]);
            case 11:
                var grouped = Some(columns);
                var (inner, innerColumns) = Sequence(columns, depth - 1);
                return ($"groupby(({Join(grouped)}),{inner})", [.. grouped.Union(innerColumns).DistinctBy(column => column.Path)]);
            default:
                var keys = Some(columns);
                var (text, results) = Aggregate(columns);
                return ($"groupby(({Join(keys)}),{text})", [.. keys, .. results]);
        }
    }

    private (string Text, IReadOnlyList<(string Path, Kind Kind)> Columns) Aggregate(IReadOnlyList<(string Path, Kind Kind)> columns)
    {
        var results = new List<(string, Kind)>();
        var texts = new List<string>();
        var count = random.Next(1, 4);
        for (var i = 0; i < count; i++)
        {
            var (column, name) = (Pick(columns), Alias());
            var (text, kind) = (random.Next(4), column.Kind) switch
            {
                (0, _) => ("$count", Kind.Number),
                (1, _) => ($"{column.Path} with countdistinct", Kind.Number),
                (_, Kind.Number) => ($"{column.Path} with {Pick<string>(["sum", "min", "max", "average"])}", Kind.Number),
                _ => ($"{column.Path} with {Pick<string>(["min", "max"])}", column.Kind),
            };
            texts.Add($"{text} as {name}");
            results.Add((name, kind));
        }

        return ($"aggregate({string.Join(',', texts)})", results);
    }

    private string Condition(IReadOnlyList<(string Path, Kind Kind)> columns)
    {
        var (path, kind) = Pick(columns);
        return (kind, random.Next(4)) switch
        {
            (_, 0) => $"{path} ne null",
            (_, 1) => $"isdefined({path})",
            (Kind.Number, _) => $"{path} {Pick<string>(["gt", "le", "ne"])} {random.Next(-2, 9)}",
            (Kind.Text, _) => $"contains({path},'{Pick<string>(["a", "e", "O", "''"])}') or {path} eq null",
            (Kind.Truth, _) => $"not {path}",
            _ => $"{path} eq {path}",
        };
    }

    private string Numeric(IReadOnlyList<(string Path, Kind Kind)> columns) => Pick([.. columns.Where(column => column.Kind == Kind.Number)]).Path;

    // One to three columns, none of them below another.
    private List<(string Path, Kind Kind)> Some(IReadOnlyList<(string Path, Kind Kind)> columns) =>
        [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Pick(columns)).DistinctBy(column => column.Path)];

    private static string Join(IReadOnlyList<(string Path, Kind Kind)> columns) => string.Join(',', columns.Select(column => column.Path));

    private string Alias() => "r" + (aliases++).ToString(CultureInfo.InvariantCulture);

    private T Pick<T>(IReadOnlyList<T> pool) => pool[random.Next(pool.Count)];
}
