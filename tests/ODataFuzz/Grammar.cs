namespace ServiceOffices.ODataFuzz;

/// <summary>
/// Composes query options by the grammar without regard to types: most are rejected for their types, and the others are
/// unusual.
/// </summary>
internal sealed class Grammar(Random random)
{
    private static readonly string[] Paths =
    [
        "id", "name", "text", "flag", "tiny", "level", "small", "whole", "big", "share", "size", "price", "token", "on", "opens", "changed", "lasts", "place", "tags", "details", "parts", "groupCode",
        "group", "parent", "children", "leads", "group/name", "group/state", "group/Sampling.FundedGroup", "group/Sampling.FundedGroup/term", "parent/whole", "parent/parent/tags", "details/origin", "details/origin/rank", "details/labels", "details/seen",
        "$it", "$it/whole", "$this", "$root/samples", "$root/groups", "$root/samples(1)", "$root/samples(1)/size", "x", "x/id", "x/count", "x/amount", "@a", "c", "tags/0", "children/$count", "tags/$count", "group/samples/$count", "samples", "code", "state", "capacity",
    ];

    private static readonly string[] Literals =
    [
        "null", "true", "false", "0", "1", "-1", "2147483647", "-2147483648", "9223372036854775807", "0.5", "79228162514264337593543950335", "1e0", "-1e308", "INF", "-INF", "NaN", "'a'", "''", "'1'", "'PT1H'", "'Open'", "'2018-05-15'",
        "2018-05-15", "9999-12-31", "0001-01-01", "08:30", "23:59:59.9999999", "2018-05-15T12:00:00Z", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "2018-05-15T02:00:00+02:00", "duration'P1D'", "duration'-P10675199DT2H48M5.4775808S'",
        "00000000-0000-0000-0000-000000000000", "binary'AAEC'", "geography'POINT(18 59)'", "geography'POINT(-180 90)'", "geography'LINESTRING(0 0,180 0)'", "geography'POLYGON((0 0,9 0,9 9,0 0))'", "Sampling.State'Open'", "[]", "[1,2]", "['a',null]", "{\"country\":\"a\"}", "now()", "mindatetime()", "maxdatetime()",
    ];

    private static readonly string[] Operators = ["eq", "ne", "gt", "ge", "lt", "le", "and", "or", "add", "sub", "mul", "div", "divby", "mod", "in", "has"];

    private static readonly string[] Functions =
    [
        "concat", "contains", "endswith", "indexof", "length", "startswith", "substring", "hassubset", "hassubsequence", "matchesPattern", "tolower", "toupper", "trim", "date", "day", "fractionalseconds", "hour", "minute", "month", "second", "time",
        "totaloffsetminutes", "totalseconds", "year", "ceiling", "floor", "round", "geo.distance", "geo.intersects", "geo.length", "cast", "isof", "isdefined",
    ];

    private static readonly string[] Types =
        ["Edm.String", "Edm.Int32", "Edm.Byte", "Edm.Int64", "Edm.Single", "Edm.Double", "Edm.Decimal", "Edm.Boolean", "Edm.Date", "Edm.TimeOfDay", "Edm.DateTimeOffset", "Edm.Duration", "Edm.Guid", "Edm.Binary", "Edm.GeographyPoint", "Sampling.State", "Sampling.Sample", "Sampling.FundedGroup", "Collection(Edm.String)", "Collection(Edm.Int32)"];

    private static readonly string[] Aggregates = ["sum", "min", "max", "average", "countdistinct"];

    public string Query()
    {
        var options = new List<string>();
        var count = random.Next(1, 4);
        for (var i = 0; i < count; i++)
        {
            options.Add(random.Next(9) switch
            {
                0 => "$orderby=" + Expression(2) + Pick(["", " desc", "," + Expression(1)]),
                1 => $"$compute={Expression(3)} as c",
                2 => "$select=" + Select(2),
                3 => "$expand=" + Expand(3),
                4 => "$apply=" + Apply(3),
                5 => $"$top={random.Next(9)}",
                6 => $"@a={Expression(2)}",
                _ => "$filter=" + Expression(4),
            });
        }

        return string.Join('&', options.DistinctBy(option => option.Split('=')[0])).Replace("+", "%2B", StringComparison.Ordinal);
    }

    private string Expression(int depth) => (depth <= 0 ? random.Next(3) : random.Next(14)) switch
    {
        0 or 1 => Pick(Paths),
        2 => Pick(Literals),
        3 or 4 or 5 => $"({Expression(depth - 1)} {Pick(Operators)} {Expression(depth - 1)})",
        6 => $"not ({Expression(depth - 1)})",
        7 => $"-({Expression(depth - 1)})",
        8 or 9 => Call(depth),
        10 => $"{Pick(Paths)}/{Pick(["any", "all"])}(x:{Expression(depth - 1)})",
        11 => $"case({Expression(depth - 1)}:{Expression(depth - 1)},{Pick(["true", "false", "null"])}:{Expression(depth - 1)})",
        12 => $"({Expression(depth - 1)} in ({Expression(depth - 1)},{Pick(Literals)}))",
        _ => $"{Pick(Paths)}/{Pick(["$count", "$count($filter=" + Expression(depth - 1) + ")", "$filter(" + Expression(depth - 1) + ")", "$filter(" + Expression(depth - 1) + ")/$count", "$count($search=a)"])}",
    };

    private string Call(int depth)
    {
        var function = Pick(Functions);
        return (function, random.Next(4)) switch
        {
            ("cast" or "isof", 0) => $"{function}({Pick(Types)})",
            ("cast" or "isof", _) => $"{function}({Expression(depth - 1)},{Pick(Types)})",
            (_, 0) => $"{function}({Expression(depth - 1)})",
            (_, 1) => $"{function}({Expression(depth - 1)},{Pick(Literals)},{Expression(depth - 1)})",
            ("length" or "trim" or "year" or "hour" or "round" or "date" or "time", _) => $"{function}({Expression(depth - 1)})",
            _ => $"{function}({Expression(depth - 1)},{Expression(depth - 1)})",
        };
    }

    private string Select(int depth) => random.Next(6) switch
    {
        0 => "*",
        1 => $"{Pick(Paths)},{Select(depth)}",
        2 when depth > 0 => $"{Pick(["tags", "parts", "details", "details/labels"])}($filter={Expression(2)};$orderby={Expression(1)};$count=true)",
        3 when depth > 0 => $"{Pick(["parts", "details"])}($compute={Expression(2)} as c;$select={Select(depth - 1)})",
        _ => Pick(Paths),
    };

    private string Expand(int depth)
    {
        var navigation = Pick(["group", "parent", "children", "leads", "samples", "group/Sampling.FundedGroup", "Sampling.FundedGroup/leader", "*"]);
        return random.Next(depth > 0 ? 8 : 2) switch
        {
            0 => navigation,
            1 => navigation + Pick(["/$ref", "/$count", "($levels=2)", "/$count($filter=" + Expression(1) + ")"]),
            2 => $"{navigation},{Expand(depth - 1)}",
            3 => $"{navigation}($select={Select(1)};$expand={Expand(depth - 1)})",
            4 => $"{navigation}($apply={Apply(depth - 1)})",
            5 => $"{navigation}($compute={Expression(2)} as c;$orderby=c)",
            _ => $"{navigation}($filter={Expression(3)};$top={random.Next(5)};$count=true)",
        };
    }

    private string Apply(int depth)
    {
        var step = random.Next(depth > 0 ? 16 : 7) switch
        {
            0 => "identity",
            1 => $"filter({Expression(3)})",
            2 => $"orderby({Expression(2)})",
            3 => $"{Pick(["skip", "top"])}({random.Next(9)})",
            4 => $"{Pick(["top", "bottom"])}{Pick(["count", "sum", "percent"])}({Pick(["2", "50", "0", "-1", "1e9", "whole", "null"])},{Pick(Paths)})",
            5 => $"search({Pick(["a", "NOT b", "\"a b\""])})",
            6 => $"compute({Expression(2)} as c)",
            7 => $"concat({Apply(depth - 1)},{Apply(depth - 1)})",
            8 => $"{Pick(["join", "outerjoin"])}({Pick(["children", "group", "leads", "group/samples", "tags"])} as x,{Apply(depth - 1)})",
            9 => $"expand({Pick(["children", "group"])},{Apply(depth - 1)})",
            10 => $"groupby(({Pick(["rollup($all,flag,level)", "rollup(flag,group/state)", Pick(Paths)])},{Pick(Paths)}),{Apply(depth - 1)})",
            11 => $"groupby(({Pick(Paths)}))",
            12 => $"aggregate($count as n,{Pick(Paths)} with {Pick(Aggregates)} as c)",
            13 => $"aggregate({Pick(["children", "tags", "parts", "leads"])}({Pick(Paths)} with {Pick(Aggregates)} as c))",
            14 => $"aggregate({Expression(2)} with {Pick(Aggregates)} as c from {Pick(Paths)} with {Pick(Aggregates)})",
            _ => $"groupby(({Pick(Paths)},{Pick(Paths)}),aggregate({Expression(1)} with {Pick(Aggregates)} as c,{Pick(["children", "parts"])}/$count as n))",
        };
        return random.Next(3) == 0 && depth > 0 ? $"{step}/{Apply(depth - 1)}" : step;
    }

    private string Pick(string[] pool) => pool[random.Next(pool.Length)];
}
