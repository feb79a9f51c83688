using ODataEngine.Model;
using ODataEngine.Parsing.Expressions;
using ODataEngine.Parsing.Lexing;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Parsing.Apply;

/// <summary>Parses <c>expand(nav,filter(…),expand(…))</c> of <c>$apply</c>, which is from earlier drafts of the standard and equivalent to <c>$expand</c>.</summary>
internal sealed class ApplyExpandParser(ParseContext context, ExpressionParser expressions)
{
    /// <summary>Parses one item and adds it to others.</summary>
    public void Parse(StructuredType input, List<ExpandItem> items)
    {
        ref var lexer = ref expressions.Lexer;
        var name = lexer.CurrentText;
        if (NameLookup.FindProperty(input, name) is not { IsNavigation: true, ElementType: StructuredType target } navigation)
        {
            throw context.ErrorAt(ODataErrorCodes.UnknownProperty, lexer, lexer.Current, $"{input.DisplayName} has no navigation property '{ODataErrors.Truncate(name)}'.");
        }

        if (items.Exists(other => other.Navigation == navigation))
        {
            throw context.ErrorAt(ODataErrorCodes.DuplicateOption, lexer, lexer.Current, $"'{navigation.Name}' is expanded more than once.");
        }

        lexer.Advance();
        var item = context.NewVariable("$this", target);
        var outer = expressions.Scope;
        expressions.Scope = new NameScope(item, outer);
        Expression? filter = null;
        var nested = new List<ExpandItem>();
        context.EnterLevel();
        while (expressions.Accept(TokenKind.Comma))
        {
            var isFilter = filter is null && lexer.IsKeyword("filter");
            if (!isFilter && !lexer.IsKeyword("expand"))
            {
                throw context.UnexpectedToken(lexer, "filter(…) or expand(…)");
            }

            lexer.Advance();
            expressions.Expect(TokenKind.OpenParenthesis, "'('");
            if (isFilter)
            {
                filter = expressions.ParseCondition();
            }
            else
            {
                Parse(target, nested);
            }

            expressions.Expect(TokenKind.CloseParenthesis, "')'");
        }

        context.LeaveLevel();
        expressions.Scope = outer;
        items.Add(new ExpandItem([navigation], ExpandKind.Entities, new Query { Row = item, RowType = target, Filter = filter, Expand = nested }, 1));
    }
}
