using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using ODataEngine.Model;

namespace ODataEngine.Parsing.Lexing;

/// <summary>Parses primitive values (OData ABNF 4.01, 7) without quotes or prefixes.</summary>
internal static class LiteralReader
{
    private static CultureInfo Invariant => CultureInfo.InvariantCulture;

    /// <summary>Parses a value of a type; returns false if the string is not valid.</summary>
    public static bool TryRead(ReadOnlySpan<char> text, DataType type, [NotNullWhen(true)] out object? value)
    {
        value = type switch
        {
            PrimitiveType primitive => Read(text, primitive.Kind),
            EnumType enumeration => ReadEnum(text, enumeration),
            _ => null,
        };
        return value is not null;
    }

    private static object? Read(ReadOnlySpan<char> text, PrimitiveKind kind) => kind switch
    {
        PrimitiveKind.String => text.ToString(),
        PrimitiveKind.Boolean => text.Equals("true", StringComparison.OrdinalIgnoreCase) ? true
            : text.Equals("false", StringComparison.OrdinalIgnoreCase) ? false : null,
        PrimitiveKind.Byte => LiteralSyntax.IsInteger(text, 3) && byte.TryParse(text, NumberStyles.None, Invariant, out var value) ? value : null,
        PrimitiveKind.SByte => LiteralSyntax.IsInteger(text, 3) && sbyte.TryParse(text, NumberStyles.AllowLeadingSign, Invariant, out var value) ? value : null,
        PrimitiveKind.Int16 => LiteralSyntax.IsInteger(text, 5) && short.TryParse(text, NumberStyles.AllowLeadingSign, Invariant, out var value) ? value : null,
        PrimitiveKind.Int32 => LiteralSyntax.IsInteger(text, 10) && int.TryParse(text, NumberStyles.AllowLeadingSign, Invariant, out var value) ? value : null,
        PrimitiveKind.Int64 => LiteralSyntax.IsInteger(text, 19) && long.TryParse(text, NumberStyles.AllowLeadingSign, Invariant, out var value) ? value : null,
        PrimitiveKind.Single => ReadDouble(text) is { } value ? (float)value : null,
        PrimitiveKind.Double => ReadDouble(text),
        PrimitiveKind.Decimal => LiteralSyntax.IsDecimal(text) && decimal.TryParse(text, NumberStyles.Float, Invariant, out var value) ? value : null,
        PrimitiveKind.Guid => LiteralSyntax.IsGuid(text) && Guid.TryParseExact(text, "D", out var value) ? value : null,
        PrimitiveKind.Date => ReadDate(text),
        PrimitiveKind.TimeOfDay => ReadTime(text),
        PrimitiveKind.DateTimeOffset => ReadDateTime(text, requireZone: false),
        PrimitiveKind.Duration => ReadDuration(text),
        PrimitiveKind.Binary => ReadBinary(text),
        _ => null,
    };

    /// <summary>Parses a double, including INF, -INF and NaN; null if it is out of range.</summary>
    public static double? ReadDouble(ReadOnlySpan<char> text) => text switch
    {
        "INF" => double.PositiveInfinity,
        "-INF" => double.NegativeInfinity,
        "NaN" => double.NaN,
        _ => LiteralSyntax.IsDecimal(text) && double.TryParse(text, NumberStyles.Float, Invariant, out var value) && double.IsFinite(value) ? value : null,
    };

    public static DateOnly? ReadDate(ReadOnlySpan<char> text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", Invariant, DateTimeStyles.None, out var value) ? value : null;

    /// <summary>Parses hh:mm, hh:mm:ss or hh:mm:ss.f with up to 12 fractional digits, of which 7 are used.</summary>
    public static TimeOnly? ReadTime(ReadOnlySpan<char> text)
    {
        if (text.Length < 5 || text[2] != ':' || !TryReadTwoDigits(text, out var hour) || hour > 23 || !TryReadTwoDigits(text[3..], out var minute) || minute > 59)
        {
            return null;
        }

        if (text.Length == 5)
        {
            return new TimeOnly(hour, minute);
        }

        if (text.Length < 8 || text[5] != ':' || !TryReadTwoDigits(text[6..], out var second) || second > 59 || ReadFractionTicks(text[8..]) is not { } ticks)
        {
            return null;
        }

        return new TimeOnly(hour, minute, second).Add(new TimeSpan(ticks));
    }

    /// <param name="requireZone">If false, a value without a zone is UTC, as for <c>cast</c> from a string (4.01 Part 2, 5.1.1.10.1).</param>
    public static DateTimeOffset? ReadDateTime(ReadOnlySpan<char> text, bool requireZone)
    {
        if (text.Length < 16 || text[10] is not ('T' or 't') || ReadDate(text[..10]) is not { } date)
        {
            return null;
        }

        var offset = TimeSpan.Zero;
        var time = text[11..];
        if (time[^1] is 'Z' or 'z')
        {
            time = time[..^1];
        }
        else if (time.Length > 6 && time[^6] is '+' or '-' or ' ' && time[^3] == ':' && TryReadTwoDigits(time[^5..], out var hours) && hours <= 14 && TryReadTwoDigits(time[^2..], out var minutes) && minutes <= 59)
        {
            offset = new TimeSpan(hours, minutes, 0);
            offset = time[^6] == '-' ? -offset : offset;
            time = time[..^6];
        }
        else if (requireZone)
        {
            return null;
        }

        if (ReadTime(time) is not { } clock || offset.Duration() > TimeSpan.FromHours(14))
        {
            return null;
        }

        var local = date.ToDateTime(clock);
        var utc = local.Ticks - offset.Ticks;
        return utc < 0 || utc > DateTime.MaxValue.Ticks ? null : new DateTimeOffset(local, offset);
    }

    /// <summary>Parses an XML Schema dayTimeDuration: days, hours, minutes, seconds.</summary>
    public static TimeSpan? ReadDuration(ReadOnlySpan<char> text)
    {
        var negative = text is ['-', ..];
        text = LiteralSyntax.SkipSign(text);
        if (text is not ['P', _, ..])
        {
            return null;
        }

        text = text[1..];
        var ticks = default(Int128);
        var units = "DHMS".AsSpan();
        var isTimePart = false;
        while (!text.IsEmpty)
        {
            if (text[0] == 'T')
            {
                if (isTimePart || text.Length == 1)
                {
                    return null;
                }

                isTimePart = true;
                text = text[1..];
                continue;
            }

            var digits = text.IndexOfAnyExceptInRange('0', '9');
            if (digits < 1 || !long.TryParse(text[..digits], NumberStyles.None, Invariant, out var number))
            {
                return null;
            }

            text = text[digits..];
            long? fraction = 0;
            if (text is ['.', ..])
            {
                var stop = text.IndexOf('S');
                fraction = stop < 0 ? null : ReadFractionTicks(text[..stop]);
                text = stop < 0 ? text : text[stop..];
            }

            var unit = text.IsEmpty ? -1 : units.IndexOf(text[0]);
            if (unit < 0 || fraction is null || (text[0] == 'D') == isTimePart)
            {
                return null;
            }

            ticks += ((Int128)number * GetTicksPerUnit(text[0])) + fraction.Value;
            units = units[(unit + 1)..];
            text = text[1..];
        }

        ticks = negative ? -ticks : ticks;
        return ticks < long.MinValue || ticks > long.MaxValue ? null : new TimeSpan((long)ticks);
    }

    private static long GetTicksPerUnit(char unit) => unit switch
    {
        'D' => TimeSpan.TicksPerDay,
        'H' => TimeSpan.TicksPerHour,
        'M' => TimeSpan.TicksPerMinute,
        _ => TimeSpan.TicksPerSecond,
    };

    /// <summary>Parses fractional seconds such as ".5" to ticks; 0 for "".</summary>
    private static long? ReadFractionTicks(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            return 0;
        }

        if (text[0] != '.' || text.Length is < 2 or > 13 || text[1..].ContainsAnyExceptInRange('0', '9'))
        {
            return null;
        }

        long ticks = 0;
        for (var i = 1; i <= 7; i++)
        {
            ticks = (ticks * 10) + (i < text.Length ? text[i] - '0' : 0);
        }

        return ticks;
    }

    private static bool TryReadTwoDigits(ReadOnlySpan<char> text, out int value)
    {
        value = text.Length >= 2 ? ((text[0] - '0') * 10) + text[1] - '0' : 0;
        return text.Length >= 2 && char.IsAsciiDigit(text[0]) && char.IsAsciiDigit(text[1]);
    }

    /// <summary>Parses base64url (RFC 4648, 5), with or without padding.</summary>
    public static byte[]? ReadBinary(ReadOnlySpan<char> text)
    {
        // The decoder ignores blanks.
        if (text.ContainsAny(" \t\r\n"))
        {
            return null;
        }

        var bytes = new byte[Base64Url.GetMaxDecodedLength(text.Length)];
        try
        {
            return Base64Url.TryDecodeFromChars(text, bytes, out var written) ? bytes[..written] : null;
        }
        catch (FormatException)
        {
            // TryDecodeFromChars throws for characters outside base64url.
            return null;
        }
    }

    /// <summary>Parses members or numbers and combines their values (ABNF: enumLiteral).</summary>
    public static object? ReadEnum(ReadOnlySpan<char> text, EnumType type)
    {
        var value = 0;
        foreach (var range in text.Split(','))
        {
            var name = text[range].Trim();
            if (FindMember(type, name) is { } member)
            {
                value |= member;
            }
            else if (int.TryParse(name, NumberStyles.AllowLeadingSign, Invariant, out var number))
            {
                value |= number;
            }
            else
            {
                return null;
            }
        }

        return value;
    }

    private static int? FindMember(EnumType type, ReadOnlySpan<char> name)
    {
        foreach (var (member, value) in type.Members)
        {
            if (name.SequenceEqual(member))
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>Gets the string between single quotes, with doubled quotes replaced by single ones.</summary>
    public static string Unquote(ReadOnlySpan<char> quoted)
    {
        var inner = quoted[1..^1];
        return inner.Contains('\'') ? inner.ToString().Replace("''", "'", StringComparison.Ordinal) : inner.ToString();
    }
}
