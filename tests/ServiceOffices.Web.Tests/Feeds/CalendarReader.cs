using System.Text;

namespace ServiceOffices.Web.Tests.Feeds;

/// <summary>An independent reader of calendars, written from the grammar of RFC 5545.</summary>
internal static class CalendarReader
{
    /// <summary>The value of a content line, unescaped as TEXT, with its parameters.</summary>
    internal sealed record Value(string Text, string Raw, IReadOnlyDictionary<string, string> Parameters);

    /// <summary>A component with its properties (by name, in order) and its subcomponents.</summary>
    internal sealed record Component(string Name, List<(string Name, Value Value)> Properties, List<Component> Parts)
    {
        public Value this[string name] => Properties.Single(property => property.Name == name).Value;

        public bool Has(string name) => Properties.Any(property => property.Name == name);
    }

    /// <summary>Reads the single calendar of a stream and checks every rule for the format of the stream.</summary>
    public static Component Read(byte[] stream)
    {
        var text = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(stream);
        Assert.EndsWith("\r\n", text, StringComparison.Ordinal); // 3.1
        var raw = text[..^2].Split("\r\n");
        foreach (var line in raw)
        {
            Assert.True(Encoding.UTF8.GetByteCount(line) <= 75, $"3.1: a line has at most 75 octets: {line}");
            Assert.DoesNotContain(line, character => char.IsControl(character) && character != '\t');
        }

        var open = new Stack<Component>();
        Component? calendar = null;
        foreach (var line in Unfold(raw))
        {
            var (name, value) = Parse(line);
            switch (name)
            {
                case "BEGIN":
                    open.Push(new(value.Raw, [], []));
                    break;
                case "END":
                    var closed = open.Pop();
                    Assert.Equal(closed.Name, value.Raw);
                    if (open.TryPeek(out var parent))
                    {
                        parent.Parts.Add(closed);
                    }
                    else
                    {
                        Assert.Null(calendar);
                        calendar = closed;
                    }

                    break;
                default:
                    open.Peek().Properties.Add((name, value));
                    break;
            }
        }

        Assert.Empty(open);
        Assert.Equal("VCALENDAR", calendar!.Name);
        return calendar;
    }

    private static List<string> Unfold(string[] raw)
    {
        var lines = new List<string>();
        foreach (var line in raw)
        {
            if (line is [' ' or '\t', ..])
            {
                lines[^1] += line[1..];
            }
            else
            {
                lines.Add(line);
            }
        }

        return lines;
    }

    // contentline = name *(";" param) ":" value; a parameter value with a colon or semicolon is quoted.
    private static (string Name, Value Value) Parse(string line)
    {
        var parts = new List<string>();
        var (from, isQuoted) = (0, false);
        for (var i = 0; i < line.Length; i++)
        {
            if (line[i] == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (!isQuoted && line[i] is ';' or ':')
            {
                parts.Add(line[from..i]);
                from = i + 1;
                if (line[i] == ':')
                {
                    break;
                }
            }
        }

        Assert.Matches("^[A-Za-z0-9-]+$", parts[0]);
        var parameters = parts.Skip(1).Select(part => part.Split('=', 2)).ToDictionary(part => part[0], part => part[1].Trim('"'));
        return (parts[0], new(Unescape(line[from..]), line[from..], parameters));
    }

    private static string Unescape(string value)
    {
        var text = new StringBuilder();
        for (var i = 0; i < value.Length; i++)
        {
            text.Append(value[i] != '\\' || i + 1 == value.Length ? value[i] : value[++i] is 'n' or 'N' ? '\n' : value[i]);
        }

        return text.ToString();
    }
}
