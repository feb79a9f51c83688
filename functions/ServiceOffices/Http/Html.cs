using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace ServiceOffices.Http;

/// <summary>Markup in the making: what stands in the braces of an added string is always encoded.</summary>
public sealed class Html
{
    /// <summary>For pages that load nothing at all; nobody may frame them.</summary>
    public const string ContentSecurityPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder markup = new();

    /// <summary>Adds literal markup with encoded values in it, and ends the line.</summary>
    public void Add([InterpolatedStringHandlerArgument("")] ref Encoding values)
    {
        _ = values;
        markup.Append('\n');
    }

    /// <summary>Everything added so far.</summary>
    public override string ToString() => markup.ToString();

    /// <summary>Writes the literal parts as they are and encodes the values between them, for elements' text and quoted attributes.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Encoding
    {
        private readonly StringBuilder markup;

        public Encoding(int literalLength, int formattedCount, Html html)
        {
            markup = html.markup;
            markup.EnsureCapacity(markup.Length + literalLength + (formattedCount * 16));
        }

        public void AppendLiteral(string literal) => markup.Append(literal);

        public void AppendFormatted(string? value) => markup.Append(Encoder.Encode(value ?? ""));

        public void AppendFormatted(long value) => markup.Append(value);
    }
}
