using System.Text;

namespace ServiceOffices.ODataFuzz;

/// <summary>Generates requests from a seed: case n is the same on every machine.</summary>
public sealed class FuzzCases(int seed)
{
    private const int UsualMethods = 30;

    private static readonly string[] Methods = ["HEAD", "POST", "PUT", "DELETE", "get", ""];

    private static readonly (string Name, string[] Values)[] HeaderValues =
    [
        ("Accept", ["*/*", "application/json", "application/json;odata.metadata=none", "application/json;metadata=full;IEEE754Compatible=true", "text/html", "application/json;q=", ";;;=,", ""]),
        ("OData-MaxVersion", ["4.0", "4.01", "3.0", "four", "-1", "99999999999999999999999999999999", ""]),
        ("Isolation", ["snapshot"]),
        ("OData-Version", ["4.0", "4.01", "5", ""]),
        ("Prefer", ["maxpagesize=1", "odata.maxpagesize=3", "maxpagesize=0", "maxpagesize=-1", "maxpagesize=99999999999", "omit-values=nulls", "respond-async", "track-changes", "=;,=", "include-annotations=\"*\""]),
        ("If-None-Match", ["*", "W/\"1.40m\"", "\""]),
    ];

    public FuzzCase this[int number]
    {
        get
        {
            // The algorithm of Random(seed) does not change, so that a case does not depend on the runtime.
            var random = new Random(unchecked((seed * 1_000_003) + number));
            return random.Next(20) switch
            {
                0 => CreateGarbage(random),
                1 => CreateDeep(random),
                2 => CreateHuge(random),
                3 => CreatePost(random),
                4 => CreateBatch(random),
                5 => CreateRepeated(random),
                6 or 7 => CreateTransformed(random),
                < 12 => CreateComposed(random),
                _ => CreateMutated(random),
            };
        }
    }

    private static FuzzCase CreateComposed(Random random)
    {
        var query = new Grammar(random).Query();
        return new FuzzCase("GET", Pick<string>(random, ["samples", "samples", "samples", "samples(1)", "samples/$count", "groups", "samples(1)/children", "samples(1)/parts", "samples(1)/tags", "groups/Sampling.FundedGroup"]), query) { Headers = Headers(random) };
    }

    private static FuzzCase CreateTransformed(Random random)
    {
        var (path, query) = new ApplyQueries(random).Request();
        return new FuzzCase("GET", path, random.Next(3) == 0 ? Mutate(random, query) : query) { Headers = Headers(random) };
    }

    /// <summary>Repeats and nests valid transformations and options: the work of a request must not multiply with its length.</summary>
    private static FuzzCase CreateRepeated(Random random)
    {
        var count = random.Next(2, random.Next(3) == 0 ? 400 : 40);

        // The rows double with each of these.
        var few = random.Next(2, 8);
        var step = new ApplyQueries(random).Request().Query.Split('&')[0]["$apply=".Length..];
        var numbered = string.Join('/', Enumerable.Range(0, count).Select(i => $"compute(id add {i} as k{i})"));
        return new FuzzCase("GET", "samples", Pick<string>(random,
        [
            "$apply=" + string.Join('/', Enumerable.Repeat("concat(identity,identity)", few)),
            "$apply=" + string.Join('/', Enumerable.Repeat($"outerjoin(children as c{count})", 1).Concat(Enumerable.Range(0, few / 2).Select(i => $"join(children as c{i})"))),
            $"$apply=concat({string.Join(',', Enumerable.Repeat("identity", count))})",
            $"$apply=concat({string.Join(',', Enumerable.Repeat(step, few))})",
            $"$apply={numbered}",
            $"$apply=groupby(({string.Join(',', Enumerable.Range(0, count).Select(_ => "rollup(flag,level)"))}),aggregate($count as n))",
            $"$apply={Repeat("groupby((id),", few)}identity{Repeat(")", few)}",
            $"$apply={Repeat("concat(identity,", few)}identity{Repeat(")", few)}",
            $"$compute={string.Join(',', Enumerable.Range(0, count).Select(i => $"concat(name,text) as k{i}"))}",
            $"$expand=children($expand=children($expand=children($apply={string.Join('/', Enumerable.Repeat("concat(identity,identity)", Math.Min(few, 3)))})))",
            $"$expand={string.Join(',', Enumerable.Repeat("children", count))}",
            $"$filter={string.Join(" and ", Enumerable.Repeat("children/any(c:c/children/any(d:d/children/any(e:e/id gt 0)))", count))}",
        ])) { Headers = Headers(random) };
    }

    private static FuzzCase CreateMutated(Random random)
    {
        var (path, query) = Pick(random, Corpus.Valid);
        var rounds = random.Next(5);
        for (var i = 0; i < rounds; i++)
        {
            if (random.Next(8) == 0)
            {
                path = Mutate(random, path);
            }
            else
            {
                query = Mutate(random, query);
            }
        }

        return new FuzzCase(random.Next(UsualMethods) == 0 ? Pick(random, Methods) : "GET", path, random.Next(2) == 0 ? query : query.Replace(" ", "%20", StringComparison.Ordinal)) { Headers = Headers(random) };
    }

    private static string Mutate(Random random, string text)
    {
        var at = random.Next(text.Length + 1);
        var end = Math.Min(text.Length, at + 1 + random.Next(8));
        return random.Next(9) switch
        {
            0 => text[..at] + text[end..],
            1 or 2 => text[..at] + Pick(random, Corpus.Tokens) + text[at..],
            3 or 4 => text[..at] + Pick(random, Corpus.Tokens) + text[end..],
            5 => text[..end] + text[at..],
            6 => text[..at] + (char)random.Next(random.Next(2) == 0 ? 128 : 65536) + text[at..],
            7 => Splice(random, text, at),
            _ => SwapWords(random, text),
        };
    }

    private static string Splice(Random random, string text, int at)
    {
        var other = Pick(random, Corpus.Valid).Query;
        var from = random.Next(other.Length + 1);
        return random.Next(2) == 0 ? $"{text}&{other}" : text[..at] + other[from..];
    }

    // An operator or operand in place of another: often valid, with unexpected types.
    private static string SwapWords(Random random, string text)
    {
        var words = text.Split(' ');
        words[random.Next(words.Length)] = random.Next(2) == 0 ? Pick(random, words) : Pick(random, Corpus.Tokens).Trim();
        return string.Join(' ', words);
    }

    private static FuzzCase CreateGarbage(Random random)
    {
        var text = new StringBuilder();
        var length = random.Next(60);
        for (var i = 0; i < length; i++)
        {
            text.Append(random.Next(4) switch
            {
                0 => Pick(random, Corpus.Tokens),
                1 => $"%{random.Next(256):X2}",
                2 => ((char)random.Next(65536)).ToString(),
                _ => ((char)random.Next(32, 127)).ToString(),
            });
        }

        var garbage = text.ToString();
        return random.Next(3) switch
        {
            0 => new FuzzCase("GET", garbage, ""),
            1 => new FuzzCase("GET", "samples", garbage),
            _ => new FuzzCase("GET", "samples", "$" + Pick<string>(random, ["filter", "orderby", "select", "expand", "compute", "search", "apply", "top", "format", "skiptoken"]) + "=" + garbage),
        };
    }

    private static FuzzCase CreateDeep(Random random)
    {
        var depth = random.Next(3) == 0 ? random.Next(1, 4_000) : random.Next(1, 200);
        var (before, middle, after) = Pick<(string, string, string)>(random,
        [
            ("(", "flag", ")"), ("not ", "flag", ""), ("not(", "flag", ")"), ("-", "1 eq 1", ""), ("-(", "1", ") eq 1"), ("tolower(", "name", ") eq 'a'"), ("[", "1", "]"), ("{\"a\":", "1", "}"),
            ("case(true:", "1", ") eq 1"), ("tags/any(t:", "true", ")"), ("parent/", "flag", ""), ("flag and ", "flag", ""), ("flag or (", "flag", ")"), ("1 add ", "1 eq 1", ""), ("(1,", "1", ")"),
            ("children/any(c:", "c/flag", ")"), ("$root/samples/any(s:", "s/flag", ")"), ("id in (", "1", ")"), ("cast(", "1", ",Edm.String) eq '1'"), ("children/$filter(", "flag", ")/$count gt 0"),
        ]);
        var nested = Repeat(before, depth) + middle + Repeat(after, depth);
        var expand = "$expand=" + Repeat("children($expand=", depth % 50) + "children" + Repeat(")", depth % 50);
        var search = "$search=" + Repeat(Pick<string>(random, ["(", "NOT ", "a OR ", "a AND (", "\"a\" "]), depth) + "a";
        return random.Next(6) switch
        {
            0 => new FuzzCase("GET", "samples", expand),
            1 => new FuzzCase("GET", "samples", search),
            2 => new FuzzCase("GET", "samples(1)" + Repeat(Pick<string>(random, ["/parent", "/children", "/", "/$filter(true)", "/details", "(1)"]), depth), ""),
            3 => new FuzzCase("GET", "samples", "$apply=" + Repeat(Pick<string>(random, ["identity/", "concat(identity,", "filter(flag)/", "groupby((flag),", "join(children as c,"]), depth) + "identity"),
            4 => new FuzzCase("GET", "samples", "$orderby=" + nested),
            _ => new FuzzCase("GET", "samples", "$filter=" + nested),
        };
    }

    private static FuzzCase CreateHuge(Random random)
    {
        var length = random.Next(2) == 0 ? random.Next(100, 5_000) : random.Next(5_000, 40_000);
        var digits = new string('9', length);
        var text = new string(Pick<char>(random, ['a', '\'', '%', '+', ' ', '(', 'å']), length);
        return new FuzzCase("GET", "samples", Pick<string>(random,
        [
            $"$filter=whole eq {digits}", $"$filter=price lt 0.{digits}", $"$filter=size gt 1e{digits}", $"$filter=name eq '{text}'", $"$filter=contains(name,'{text}", $"$filter={text}", $"$filter=matchesPattern(name,'{text}')",
            $"$filter=matchesPattern(text,'(a{{1,{length}}}){{1,{length}}}')", $"$filter=matchesPattern(text,'{Repeat("(a?)", length / 4)}')", $"$top={digits}", $"$skip={digits}", $"$search={text}", $"$search=\"{text}\"", $"$orderby={Repeat("name,", length / 5)}id",
            $"$select={Repeat("name,", length / 5)}id", $"$filter=id in ({Repeat("1,", length / 2)}1)", $"$filter={Repeat("flag or ", length / 8)}flag", $"$filter=lasts eq duration'P{digits}D'", $"$filter=changed gt {digits}-01-01T00:00:00Z",
            $"$filter=geo.length(geography'LINESTRING({Repeat("1 1,", length / 4)}2 2)') gt 1", $"@{text}=1", $"$skiptoken=1-{digits}", $"$skiptoken={digits}-1", $"$format={text}", $"$compute={Repeat("1 add ", length / 6)}1 as x",
            $"$expand={Repeat("children,", length / 9)}group", $"{Repeat("a=1&", length / 4)}", $"$filter=name eq @a&@a='{text}'", $"$apply=groupby(({Repeat("flag,", length / 5)}id))",
        ]));
    }

    private static FuzzCase CreatePost(Random random)
    {
        var (path, query) = Pick(random, Corpus.Valid);
        return new FuzzCase("POST", path + "/$query", "")
        {
            Headers = [("Content-Type", Pick<string>(random, ["text/plain", "text/plain;charset=utf-8", "application/json", "", "text"])), .. Headers(random)],
            Body = random.Next(3) == 0 ? Mutate(random, query) : query,
        };
    }

    /// <summary>A batch of many requests, with headers, references, groups and dependencies.</summary>
    private static FuzzCase CreateLongBatch(Random random)
    {
        var count = random.Next(2, random.Next(10) == 0 ? 150 : 20);
        var isJson = random.Next(2) == 0;
        var body = new StringBuilder(isJson ? """{"requests":[""" : "");
        for (var i = 1; i <= count; i++)
        {
            var (path, query) = Pick(random, Corpus.Valid);
            var url = (i > 1 && random.Next(4) == 0 ? $"${random.Next(1, i)}/name" : $"{path}?{query}").Replace(" ", "%20", StringComparison.Ordinal);
            var headers = Headers(random);
            var related = i > 1 && random.Next(3) == 0 ? $",\"dependsOn\":[\"{random.Next(1, i)}\"]" : random.Next(4) == 0 ? $",\"atomicityGroup\":\"g{i / 3}\"" : "";
            body.Append(isJson
                ? $"{(i > 1 ? "," : "")}{{\"id\":\"{i}\",\"method\":\"get\",\"url\":{Json(url)},\"headers\":{{{string.Join(',', headers.DistinctBy(header => header.Name).Select(header => $"{Json(header.Name)}:{Json(header.Value)}"))}}}{related}}}"
                : $"--b\r\nContent-Type: application/http\r\nContent-ID: {i}\r\n\r\nGET {url} HTTP/1.1\r\n{string.Concat(headers.Select(header => $"{header.Name}: {header.Value}\r\n"))}\r\n\r\n");
        }

        var text = body.Append(isJson ? "]}" : "--b--\r\n").ToString();
        return new FuzzCase("POST", "$batch", "")
        {
            Headers = [("Content-Type", isJson ? "application/json" : "multipart/mixed;boundary=b"), .. Headers(random)],
            Body = random.Next(3) == 0 ? Mutate(random, text) : text,
        };
    }

    private static string Json(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    private static FuzzCase CreateBatch(Random random)
    {
        if (random.Next(2) == 0)
        {
            return CreateLongBatch(random);
        }

        var (path, query) = Pick(random, Corpus.Valid);
        var json = $$"""
            {"requests":[
            {"id":"1","method":"get","url":"{{path}}?{{query.Replace("\"", "\\\"", StringComparison.Ordinal)}}"},
            {"id":"2","dependsOn":["1"],"method":"get","url":"samples(1)","headers":{"accept":"application/json"} }]}
            """;
        var multipart = $"--b\r\nContent-Type: application/http\r\nContent-Transfer-Encoding: binary\r\n\r\nGET {path}?{query} HTTP/1.1\r\nAccept: application/json\r\n\r\n\r\n--b--\r\n";
        var isJson = random.Next(2) == 0;
        var body = isJson ? json : multipart;
        var rounds = random.Next(4);
        for (var i = 0; i < rounds; i++)
        {
            body = Mutate(random, body);
        }

        return new FuzzCase("POST", "$batch", "")
        {
            Headers = [("Content-Type", isJson ? "application/json" : random.Next(5) == 0 ? "multipart/mixed" : "multipart/mixed;boundary=b"), .. Headers(random)],
            Body = body,
        };
    }

    private static List<(string Name, string Value)> Headers(Random random)
    {
        var headers = new List<(string, string)>();
        while (random.Next(4) == 0)
        {
            var (name, values) = Pick(random, HeaderValues);
            headers.Add((name, Pick(random, values)));
        }

        return headers;
    }

    private static string Repeat(string text, int count) => new StringBuilder(text.Length * count).Insert(0, text, count).ToString();

    private static T Pick<T>(Random random, IReadOnlyList<T> pool) => pool[random.Next(pool.Count)];
}
