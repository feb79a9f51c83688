using ODataEngine.Model;
using ODataEngine.Parsing.Lexing;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Parsing.Options;

// $select (OData 4.01 Part 2, 5.1.4).
internal sealed partial class QueryOptionParser
{
    private SelectItem[] ParseSelect(StringSlice range, NameScope scope)
    {
        var type = scope.RowType ?? throw context.Error(ODataErrorCodes.OptionNotAllowed, $"{context.Subject} requires rows with properties.");
        var saved = expressions.PushInput(range, scope);
        var items = new List<SelectItem>();
        do
        {
            context.CountNodes();
            if (expressions.Accept(TokenKind.Star))
            {
                items.Add(new SelectItem([], null, Query.Empty));
            }
            else if (!AcceptAllOperations())
            {
                items.Add(ParseSelectItem(type, scope));
            }
        }
        while (expressions.Accept(TokenKind.Comma));

        expressions.ExpectEnd();
        expressions.PopInput(saved);
        return [.. items];
    }

    // Namespace.*: all operations of a schema, of which there are none.
    private bool AcceptAllOperations()
    {
        ref var lexer = ref expressions.Lexer;
        var rest = lexer.Text.AsSpan(lexer.Current.Start, lexer.End - lexer.Current.Start);
        if (!rest.StartsWith(context.Model.Namespace, StringComparison.Ordinal) || !rest[context.Model.Namespace.Length..].StartsWith(".*", StringComparison.Ordinal))
        {
            return false;
        }

        lexer.MoveTo(lexer.Current.Start + context.Model.Namespace.Length + 2);
        return true;
    }

    private SelectItem ParseSelectItem(StructuredType type, NameScope scope)
    {
        ref var lexer = ref expressions.Lexer;
        if (lexer.Is(TokenKind.Name) && type.Find(lexer.CurrentText.ToString()) is null && scope.FindComputed(scope.Row!.Slot, lexer.CurrentText) is { } computed)
        {
            lexer.Advance();
            return new SelectItem([], computed, Query.Empty);
        }

        var path = new List<Property> { ParseProperty(type, "a property", out var cast) };
        while (expressions.Accept(TokenKind.Slash))
        {
            var property = path[^1];
            path.Add(property is { IsNavigation: false, ElementType: StructuredType part }
                ? ParseProperty(part, "a property")
                : throw context.ErrorAt(
                    ODataErrorCodes.Syntax, lexer, lexer.Current, property.IsNavigation
                        ? $"'{property.Name}' is a navigation property; use $expand={property.Name}($select=…)."
                        : $"'{property.Name}' is not a complex property and has no properties to select."));
        }

        return new SelectItem(path, null, lexer.Is(TokenKind.OpenParenthesis) ? ParseSelectOptions(path[^1], scope) : Query.Empty) { TypeCast = cast };
    }

    /// <summary>The property named here, or behind a derived type that is named here.</summary>
    /// <param name="cast">The derived type; null where none is named.</param>
    public Property ParseProperty(StructuredType type, string expected, out StructuredType? cast)
    {
        ref var lexer = ref expressions.Lexer;
        cast = null;
        var currentType = type;
        while (true)
        {
            var token = lexer.Current;
            var name = lexer.Is(TokenKind.Name) ? lexer.CurrentText : throw context.UnexpectedToken(lexer, expected);
            lexer.Advance();
            if (NameLookup.FindProperty(currentType, name) is { } property)
            {
                return property;
            }

            currentType = NameLookup.FindTypeCast(currentType, name) ?? throw context.ErrorAt(
                ODataErrorCodes.UnknownProperty, lexer, token, ODataErrors.UnknownProperty(currentType, name));
            cast = ReferenceEquals(currentType, type) ? null : currentType;
            expressions.Expect(TokenKind.Slash, "'/' and " + expected);
        }
    }

    /// <summary>As above, where a named derived type only leads to its own properties: the path does not keep it.</summary>
    public Property ParseProperty(StructuredType type, string expected)
    {
        var token = expressions.Lexer.Current;
        var property = ParseProperty(type, expected, out var cast);
        return cast is null || type.Find(property.Name) is null
            ? property
            : throw context.NotSupportedAt(expressions.Lexer, token, ODataErrors.NotBehindDerivedType(type, property));
    }

    private Query ParseSelectOptions(Property property, NameScope scope)
    {
        ref var lexer = ref expressions.Lexer;
        if (property.IsNavigation)
        {
            throw context.ErrorAt(ODataErrorCodes.OptionNotAllowed, lexer, lexer.Current, $"Options of related entities are not allowed in $select; use $expand={property.Name}(…).");
        }

        var allowed = (property.IsCollection ? SystemQueryOptions.CollectionOptions : SystemQueryOptions.None)
            | (property.ElementType is StructuredType ? SystemQueryOptions.Select | SystemQueryOptions.Compute : SystemQueryOptions.None);
        if (allowed == SystemQueryOptions.None)
        {
            throw context.ErrorAt(ODataErrorCodes.OptionNotAllowed, lexer, lexer.Current, $"'{property.Name}' is a single value and has no options.");
        }

        context.EnterLevel();
        var options = NestedOptionReader.Read(context, ref lexer, allowed);
        var query = ParseNested(options, property.ElementType, scope, 1);
        context.LeaveLevel();
        return query;
    }
}
