using System.Globalization;
using ODataEngine.Model;
using ODataEngine.Parsing.Expressions;
using ODataEngine.Parsing.Lexing;
using ODataEngine.Parsing.Options;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Parsing;

/// <summary>State shared by all parsers of one request: the model, the aliases, the counters and the creation of errors.</summary>
internal sealed class ParseContext(EntityModel model, TypeCatalog types, ODataLimits limits, RequestQueryOptions options)
{
    private const int MaxExcerptLength = 30;
    private int depth;

    public EntityModel Model { get; } = model;

    public TypeCatalog Types { get; } = types;

    public ODataLimits Limits { get; } = limits;

    public RequestQueryOptions Options { get; } = options;

    /// <summary>The part of the request that is being parsed, such as <c>$filter</c>; null for the path.</summary>
    public string? Target { get; set; }

    /// <summary>The number of variables so far, including slot 0 for the row of the request.</summary>
    public int VariableCount { get; private set; } = 1;

    /// <summary>Gets whether an expression calls <c>now()</c>, the only function that depends on the clock.</summary>
    public bool IsTimeDependent { get; set; }

    /// <summary>The number of nodes so far. A reference to a computed property counts as all nodes of its expression, which is evaluated for each reference.</summary>
    public int NodeCount { get; private set; }

    public Variable NewVariable(string name, DataType type) => new(VariableCount++, name, type);

    public void CountNodes(int count = 1)
    {
        NodeCount += count;
        if (NodeCount > Limits.MaxNodes)
        {
            throw LimitExceeded("names, values, operators and calls", Limits.MaxNodes, nameof(ODataLimits.MaxNodes));
        }
    }

    /// <summary>Counts a nesting level; the caller calls <see cref="LeaveLevel"/> at its end.</summary>
    public void EnterLevel()
    {
        if (++depth > Limits.MaxDepth)
        {
            throw LimitExceeded("nested levels", Limits.MaxDepth, nameof(ODataLimits.MaxDepth));
        }
    }

    public void LeaveLevel() => depth--;

    /// <summary>
    /// Checks the height of a tree. It grows with nesting and with consecutive operators and path segments, so the limit is
    /// ten times the depth.
    /// </summary>
    public int CheckHeight(int height) => height <= Limits.MaxDepth * 10
        ? height
        : throw LimitExceeded("consecutive operators or path segments", Limits.MaxDepth * 10, nameof(ODataLimits.MaxDepth) + " x 10");

    public ODataRequestException LimitExceeded(string elements, long limit, string name) =>
        Error(ODataErrorCodes.LimitExceeded, $"{Subject} has more than {limit.ToString(CultureInfo.InvariantCulture)} {elements} (limit {name}).");

    public string Subject => Target ?? "The path";

    public ODataRequestException Error(string code, string message) => new(400, code, message, Target);

    public ODataRequestException NotSupported(string message) => ODataErrors.NotSupported(message, Target);

    /// <summary>Creates an error at a token; the message starts with the position.</summary>
    public ODataRequestException ErrorAt(string code, in Lexer lexer, Token token, string message) =>
        Error(code, $"{Subject} {FormatLocation(lexer, token)}: {message}");

    public ODataRequestException TypeMismatchAt(in Lexer lexer, Token token, string message) => ErrorAt(ODataErrorCodes.TypeMismatch, lexer, token, message);

    public ODataRequestException NotSupportedAt(in Lexer lexer, Token token, string message) =>
        NotSupported($"{Subject} {FormatLocation(lexer, token)}: {message}");

    public ODataRequestException UnexpectedToken(in Lexer lexer, string expected) => lexer.Current.Kind switch
    {
        TokenKind.Invalid when lexer.CurrentText[0] is '\'' or '"' => ErrorAt(ODataErrorCodes.Syntax, lexer, lexer.Current, "The string has no closing quote."),
        TokenKind.End => Error(ODataErrorCodes.Syntax, $"{Subject}: Unexpected end of expression; expected {expected}."),
        _ => ErrorAt(ODataErrorCodes.Syntax, lexer, lexer.Current, $"Unexpected '{ODataErrors.Truncate(lexer.CurrentText)}'; expected {expected}.{OperatorHints.Describe(lexer)}"),
    };

    private static string FormatLocation(in Lexer lexer, Token token)
    {
        var length = Math.Min(lexer.End - token.Start, MaxExcerptLength);
        return length <= 0
            ? "at the end"
            : $"at character {(token.Start + 1).ToString(CultureInfo.InvariantCulture)} ('{lexer.Text.AsSpan(token.Start, length)}{(lexer.End - token.Start > length ? "…" : "")}')";
    }
}
