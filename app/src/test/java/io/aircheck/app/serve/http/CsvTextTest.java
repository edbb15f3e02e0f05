package io.aircheck.app.serve.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;

class CsvTextTest {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final CsvText text = new CsvText();

  @Test
  void cells_ofAllKinds_areALineEach() {
    text.cell("name").cell("value").end();
    text.cell(NODES.textNode("north")).cell(NODES.numberNode(0.5)).end();
    text.cell(NODES.textNode("")).cell(NODES.nullNode()).end();
    text.cell(NODES.textNode("x")).cell(NODES.missingNode()).end();

    assertThat(text).hasToString("name,value\r\nnorth,0.5\r\n,\r\nx,\r\n");
  }

  @Test
  void texts_thatWouldBreakALine_areQuoted() {
    text.cell("a,b").cell("say \"no\"").cell("two\nlines").end();

    assertThat(text).hasToString("\"a,b\",\"say \"\"no\"\"\",\"two\nlines\"\r\n");
  }

  @Test
  void texts_thatASpreadsheetWouldRun_areTexts_andNumbersStayNumbers() {
    text.cell("=HYPERLINK(\"http://evil\")").cell("+1").cell("@x").cell(NODES.numberNode(-1)).end();

    assertThat(text).hasToString("\"'=HYPERLINK(\"\"http://evil\"\")\",'+1,'@x,-1\r\n");
  }
}
