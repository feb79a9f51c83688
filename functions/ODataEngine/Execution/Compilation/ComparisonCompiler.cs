using ODataEngine.Execution.Nodes;
using ODataEngine.Model;
using ODataEngine.Parsing.Expressions;
using ODataEngine.Parsing.QueryTree;

namespace ODataEngine.Execution.Compilation;

/// <summary>Compiles comparisons, <c>in</c> (OData 4.01 Part 2, 5.1.1.1) and <c>isof</c> (5.1.1.10.2).</summary>
internal sealed class ComparisonCompiler(ExpressionCompiler compiler, CollectionFunctionCompiler collectionFunctions)
{
    public Node CompileEquality(BinaryExpression binary)
    {
        var negated = binary.Operator == BinaryOperator.Ne;
        if (ExpressionCompiler.IsNull(binary.Right))
        {
            return CompileNullTest(binary.Left, negated);
        }

        if (ExpressionCompiler.IsNull(binary.Left))
        {
            return CompileNullTest(binary.Right, negated);
        }

        return binary.Left.Type switch
        {
            CollectionType => collectionFunctions.CompileEquality(binary.Left, binary.Right, negated),
            StructuredType => CompileRowEquality(binary.Left, binary.Right, negated),
            _ => TypeDispatcher.Dispatch(binary.Left.Type!, new EqualityOperation(compiler, binary, negated)),
        };
    }

    private Node CompileNullTest(Expression operand, bool negated) => operand.Type switch
    {
        // null eq null; a collection is never null.
        null => new ConstantNode<bool>(!negated),
        CollectionType => new ConstantNode<bool>(negated),
        StructuredType when operand is ObjectExpression => new ConstantNode<bool>(negated),
        StructuredType => new IsNullRowNode(compiler.CompileRow(operand), negated),
        var type => TypeDispatcher.Dispatch(type, new NullTestOperation(compiler, operand, negated)),
    };

    private Node<bool> CompileRowEquality(Expression left, Expression right, bool negated)
    {
        if (left is ObjectExpression && right is ObjectExpression)
        {
            throw ExpressionCompiler.Unsupported(left);
        }

        if (left is ObjectExpression)
        {
            (left, right) = (right, left);
        }

        if (right is not ObjectExpression literal)
        {
            return new EqualRowsNode(compiler.CompileRow(left), compiler.CompileRow(right), negated);
        }

        // A complex value equals an object if every property does; a property that the object omits counts as null.
        Node<bool> all = new IsNullRowNode(compiler.CompileRow(left), negated: true);
        foreach (var property in literal.ObjectType.Properties.Where(property => !property.IsNavigation))
        {
            var value = literal.Members.FirstOrDefault(member => member.Property == property).Value ?? new Literal(null, null);
            all = new AndNode(all, (Node<bool>)CompileEquality(new BinaryExpression(BinaryOperator.Eq, new PropertyAccess(left, property), value, PrimitiveType.Boolean)));
        }

        return negated ? new NotNode(all) : all;
    }

    public Node CompileComparison(BinaryExpression binary)
    {
        // A comparison with null is false (5.1.1.1.3 to 5.1.1.1.6).
        return ExpressionCompiler.IsNull(binary.Left) || ExpressionCompiler.IsNull(binary.Right)
            ? new ConstantNode<bool>(false)
            : TypeDispatcher.Dispatch(binary.Left.Type!, new ComparisonOperation(compiler, binary));
    }

    public Node CompileIn(InExpression list) => (list.Operand.Type, list.List) switch
    {
        // Of the constants of a list, only null equals null.
        (null, ListExpression items) => CompileAnyEqual(list.Operand, items.Items.Where(item => ExpressionCompiler.IsNull(item) || item is not Literal)),
        (null, _) => new ConstantNode<bool>(false),
        (StructuredType or CollectionType, ListExpression items) => CompileAnyEqual(list.Operand, items.Items),
        (StructuredType, _) => new InStructuredCollectionNode(compiler.CompileRow(list.Operand), compiler.CompileCollection(list.List)),
        var (type, _) => TypeDispatcher.Dispatch(type, new InOperation(compiler, list)),
    };

    private AnyConditionNode CompileAnyEqual(Expression operand, IEnumerable<Expression> items) =>
        new([.. items.Select(item => (Node<bool>)CompileEquality(new BinaryExpression(BinaryOperator.Eq, operand, item, PrimitiveType.Boolean)))]);

    public Node CompileIsOf(IsOfExpression test) =>
        // A value is of a type if its cast to the type is not null (5.1.1.10.2).
        (test.Operand.Type, test.Target) switch
        {
            (null, _) => new ConstantNode<bool>(false),
            (StructuredType operandType, StructuredType target) when operandType.IsOrDerivesFrom(target) => CompileNullTest(test.Operand, negated: true),
            (StructuredType operandType, StructuredType target) when target.IsOrDerivesFrom(operandType) => CompileNullTest(new CastExpression(test.Operand, target), negated: true),
            var (operandType, target) when TypeRules.AreSame(operandType, target) => CompileNullTest(test.Operand, negated: true),
            (StructuredType or CollectionType, _) or (_, StructuredType or CollectionType) => new ConstantNode<bool>(false),
            _ => CompileNullTest(new CastExpression(test.Operand, test.Target), negated: true),
        };

    private readonly record struct EqualityOperation(ExpressionCompiler Compiler, BinaryExpression Binary, bool Negated) : TypeDispatcher.ITypedOperation<Node>
    {
        public Node Invoke<T>() => new EqualNode<T>(Compiler.CompileValue<T>(Binary.Left), Compiler.CompileValue<T>(Binary.Right), Negated);
    }

    private readonly record struct ComparisonOperation(ExpressionCompiler Compiler, BinaryExpression Binary) : TypeDispatcher.ITypedOperation<Node>
    {
        public Node Invoke<T>()
        {
            var (left, right) = (Compiler.CompileValue<T>(Binary.Left), Compiler.CompileValue<T>(Binary.Right));
            return Compiler.FindOperandCollation(Binary) is { } collation
                ? new CollatedComparisonNode(collation, Binary.Operator, (Node<string>)(object)left, (Node<string>)(object)right)
                : new ComparisonNode<T>(Binary.Operator, left, right);
        }
    }

    private readonly record struct NullTestOperation(ExpressionCompiler Compiler, Expression Operand, bool Negated) : TypeDispatcher.ITypedOperation<Node>
    {
        public Node Invoke<T>() => new IsNullNode<T>(Compiler.CompileValue<T>(Operand), Negated);
    }

    private readonly record struct InOperation(ExpressionCompiler Compiler, InExpression In) : TypeDispatcher.ITypedOperation<Node>
    {
        public Node Invoke<T>()
        {
            var operand = Compiler.CompileValue<T>(In.Operand);
            if (In.List is not ListExpression list)
            {
                var collection = Compiler.CompileCollection(In.List);
                return new InCollectionNode<T>(operand, collection, (ValueColumn<T>)collection.Table[CollectionColumn.ItemName]);
            }

            if (list.Items.All(item => item is Literal))
            {
                var constants = list.Items.Cast<Literal>().Where(item => item.Value is not null).Select(item => (T)item.Value!).Where(value => !ValueComparer<T>.IsNaN(value));
                return new InSetNode<T>(operand, new HashSet<T>(constants, ValueComparer<T>.Equality), list.Items.Any(ExpressionCompiler.IsNull));
            }

            return new InListNode<T>(operand, [.. list.Items.Select(Compiler.CompileValue<T>)]);
        }
    }
}
